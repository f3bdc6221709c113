/**
 * An open file, by its number.
 *
 * @module
 */
import { nodeFs } from "./node_fs.ts";
import type { Identity } from "./way.ts";
import { writeAll } from "./special.ts";

/** What is done to an open file is done to it, whatever its name leads to by now. */
export interface OpenFile extends Disposable {
  /** What it is. */
  stat(): Identity & { readonly mode: number; isFile(): boolean };
  /** Writes bytes; returns how many were written. */
  writeSync(bytes: Uint8Array): number;
  /** Writes all of a text, and waits until the disk has it. */
  save(text: string): void;
  /** Removes its contents. */
  empty(): void;
  /** Sets its mode. */
  setMode(mode: number): void;
  /** Gives it away. */
  setOwner(uid: number, gid: number): void;
}

/** How a file can be opened. */
export type Opening = "append" | "append-new" | "append-or-create" | "create" | "overwrite";

function flagsOf(opening: Opening): number {
  const { constants: c } = nodeFs();
  // No link is followed, and no pipe waited for.
  const always = c.O_WRONLY | (c.O_NOFOLLOW ?? 0) | (c.O_NONBLOCK ?? 0);
  const flags: Readonly<Record<Opening, number>> = {
    append: c.O_APPEND,
    "append-new": c.O_APPEND | c.O_CREAT | c.O_EXCL,
    "append-or-create": c.O_APPEND | c.O_CREAT,
    create: c.O_CREAT | c.O_EXCL,
    overwrite: 0,
  };
  return always | flags[opening];
}

/** Opens a file for writing; a new one has the mode, less what the umask takes away. */
export function openFile(path: string, opening: Opening, mode = 0o666): OpenFile {
  const fs = nodeFs();
  const number = fs.openSync(path, flagsOf(opening), mode);
  const writeSync = (bytes: Uint8Array) => fs.writeSync(number, bytes);
  return {
    stat: () => fs.fstatSync(number),
    writeSync,
    save(text) {
      writeAll({ writeSync }, text);
      fs.fsyncSync(number);
    },
    empty: () => fs.ftruncateSync(number),
    setMode: (mode) => fs.fchmodSync(number, mode),
    setOwner: (uid, gid) => fs.fchownSync(number, uid, gid),
    [Symbol.dispose]: () => fs.closeSync(number),
  };
}

/** Waits until the disk has the names in a directory; where that cannot be, nobody is worse off. */
export function saveNames(directory: string): void {
  const fs = nodeFs();
  try {
    const number = fs.openSync(directory, fs.constants.O_RDONLY);
    fs.fsyncSync(number);
    fs.closeSync(number);
  } catch {
    return;
  }
}
