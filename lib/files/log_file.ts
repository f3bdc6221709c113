/**
 * Files to which lines are appended.
 *
 * @module
 */
import { openVerified } from "./in_place.ts";
import { type OpenFile, openFile } from "./open_file.ts";
import { processStream } from "./special.ts";
import { ownWay } from "./trust.ts";

/** Something that takes the lines of a log. */
export type LogFile = Pick<OpenFile, "writeSync"> & Disposable;

/**
 * Opens a file to append to, makes it where it is missing. A pipe must have a reader; if it reads too
 * slowly, lines are lost: nothing waits for it.
 *
 * @throws {Error} When it cannot be opened, or another user may have led its name to another file.
 */
export function openToAppend(path: string): LogFile {
  const stream = processStream(path);
  if (stream) return { writeSync: (bytes) => stream.writeSync(bytes), [Symbol.dispose]() {} };
  const trust = ownWay(path);
  if (isNoRegularFile(path)) return openPipe(path);
  if (trust.exchanged === null) return openFile(trust.path, "append-or-create");
  return openVerified(trust, ["append", "append-new"]);
}

function isNoRegularFile(path: string): boolean {
  try {
    return !Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Opens what is no regular file; in whose place there must not be one meanwhile. */
function openPipe(path: string): LogFile {
  const file = openFile(path, "append");
  if (!file.stat().isFile()) return file;
  file[Symbol.dispose]();
  throw new Error("another user exchanged it while it was opened");
}
