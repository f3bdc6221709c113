/**
 * The folder in which the tests make all their files, in memory where there is room.
 *
 * @module
 */
import { statfs } from "node:fs/promises";

/** A file system in memory. Programs wait for a disk at every commit: SQLite's tests took six times as long. */
const IN_MEMORY = "/dev/shm";

const TMPFS = 0x01021994;

/** What one run of all tests can have there at a time. */
const WANTED_BYTES = 6e9;

/** A folder for one run; disposing removes it with all that is in it. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** Whether programs in a folder can be started; a container's memory often forbids it. */
async function runsPrograms(folder: string): Promise<boolean> {
  const program = await Deno.makeTempFile({ dir: folder });
  try {
    await Deno.writeTextFile(program, "#!/bin/sh\n");
    await Deno.chmod(program, 0o755);
    return (await new Deno.Command(program).output()).success;
  } finally {
    await Deno.remove(program);
  }
}

async function fits(folder: string): Promise<boolean> {
  try {
    const { type, bavail, bsize } = await statfs(folder);
    const free = Math.min(bavail * bsize, Deno.systemMemoryInfo().available);
    return type === TMPFS && free >= WANTED_BYTES && await runsPrograms(folder);
  } catch {
    return false;
  }
}

/** Makes one in which everybody may make files, as in `/tmp`: servers run under accounts of their own. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const dir = await fits(IN_MEMORY) ? { dir: IN_MEMORY } : {};
  const path = await Deno.makeTempDir({ ...dir, prefix: "mistral-db-" });
  await Deno.chmod(path, 0o1777);
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
