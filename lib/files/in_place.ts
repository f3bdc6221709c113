/**
 * Writes into a file where another user may exchange the directory that it is in: a name could lead to
 * another place each time it is used, so it is used once, and what is open is looked at.
 *
 * @module
 */
import { type OpenFile, openFile, type Opening } from "./open_file.ts";
import type { OutputFile } from "./output_file.ts";
import { type Trust, trustOf } from "./trust.ts";
import { leadsTo } from "./way.ts";

/** The mode of a new file, of which the umask takes something away. */
const SAFE_MODE = 0o644;

const isWhereItWas = (path: string, file: OpenFile): boolean => {
  const { way, link } = trustOf(path);
  return link === null && leadsTo(way, file.stat());
};

/** A name that leads to another file than it led to before, or is not the only one of its file. */
export class Ambiguous extends Error {}

/**
 * Opens a file where another user may exchange what leads to it, or makes it.
 *
 * @throws {Ambiguous} When its name has led to another file, or it has other names too.
 */
export function openVerified(
  { path, info }: Trust,
  [existing, missing]: readonly [Opening, Opening],
): OpenFile {
  const file = openFile(path, info === null ? missing : existing, SAFE_MODE);
  if (isWhereItWas(path, file)) return file;
  file[Symbol.dispose]();
  throw new Ambiguous("it has another name too, or another user exchanged it while it was opened");
}

/** Opens the file, or makes it. */
export function inPlace(trust: Trust): OutputFile {
  const file = openVerified(trust, ["overwrite", "create"]);
  const found = file.stat();
  let isDone = false;
  return {
    // deno-lint-ignore require-await -- errors must become rejections
    async write(text) {
      file.empty();
      file.setMode(found.mode & 0o777);
      file.save(text);
      isDone = true;
    },
    [Symbol.dispose]() {
      const isLeft = trust.info === null && !isDone && isWhereItWas(trust.path, file);
      file[Symbol.dispose]();
      if (isLeft) Deno.removeSync(trust.path);
    },
  };
}
