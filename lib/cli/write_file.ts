/**
 * Writing files that others read.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { fileProblem } from "../file_problem.ts";

/** What is at a path, at the end of all links; null where there is nothing. */
const found = (path: string): Promise<Deno.FileInfo | null> => Deno.stat(path).catch(() => null);

/** The mode and the owner that a file had. */
async function restore(path: string, { mode, uid, gid }: Deno.FileInfo): Promise<void> {
  if (mode !== null) await Deno.chmod(path, mode & 0o7777);
  // Only root can give a file away; whoever else writes it is its owner.
  if (Deno.uid() === 0) await Deno.chown(path, uid, gid);
}

/** Puts a new file in the place of a path. */
async function replace(path: string, text: string, before: Deno.FileInfo | null): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    await Deno.writeTextFile(temporary, text, { createNew: true });
    if (before) await restore(temporary, before);
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {});
    throw cause;
  }
}

/**
 * Writes a file. A regular file is replaced at once, so that readers never see half of it, and keeps
 * its mode and owner; a link stays a link, and what is no regular file is written to.
 *
 * @throws {OperatorError} When it cannot be written.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    const before = await found(path);
    const isLink = (await Deno.lstat(path).catch(() => null))?.isSymlink ?? false;
    if (before ? !before.isFile : isLink) await Deno.writeTextFile(path, text);
    else await replace(isLink ? await Deno.realPath(path) : path, text, before);
  } catch (cause) {
    const problem = fileProblem(cause, "its directory does not exist");
    throw new OperatorError(`Cannot write ${path}: ${problem}`, { cause });
  }
}
