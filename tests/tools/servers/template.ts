/**
 * What is made once in a run of the tests, by whichever process needs it first: data directories, which each
 * server gets a copy of, and the packed program. Making one takes seconds of a processor, a copy none.
 *
 * @module
 */
import { run } from "./process.ts";

/** Where they are; `deno task test` names a folder, and without one each process makes its own. */
export const templates = (): string | undefined => Deno.env.get("TEST_TEMPLATES");

/** Waits for whoever makes the same one now, in any process; the lock ends with the file. */
async function turnToMake(template: string): Promise<Deno.FsFile> {
  const file = await Deno.open(`${template}.lock`, { create: true, write: true });
  await file.lock(true);
  return file;
}

/** Makes a file or directory, or copies the one of this kind that exists already. */
export async function madeOnce(
  kind: string,
  path: string,
  make: (path: string) => Promise<unknown>,
): Promise<void> {
  const folder = templates();
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
