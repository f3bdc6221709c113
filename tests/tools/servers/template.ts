/**
 * Data directories that are made once in a run of the tests, and copied for each server: making one takes
 * seconds of a processor, a copy none.
 *
 * @module
 */
import { run } from "./process.ts";

/** Where they are; `deno task test` names a folder, and without one each server's is made for it alone. */
const FOLDER = "TEST_TEMPLATES";

/** Waits for whoever makes the same one now, in any process; the lock ends with the file. */
async function turnToMake(template: string): Promise<Deno.FsFile> {
  const file = await Deno.open(`${template}.lock`, { create: true, write: true });
  await file.lock(true);
  return file;
}

/** Makes a data directory, or copies the one of this kind that there is already. */
export async function dataDirectory(
  kind: string,
  path: string,
  make: (path: string) => Promise<unknown>,
): Promise<void> {
  const folder = Deno.env.get(FOLDER);
  if (folder === undefined) return void await make(path);
  const template = `${folder}/${kind}`;
  {
    using _turn = await turnToMake(template);
    if (!await Deno.stat(template).catch(() => null)) {
      await make(`${template}.new`);
      await Deno.rename(`${template}.new`, template);
    }
  }
  await run(["cp", "-a", template, path]);
}
