/**
 * Writes a new file and puts it in the place of the old one.
 *
 * @module
 */
import { type OpenFile, openFile, saveNames } from "./open_file.ts";
import type { OutputFile } from "./output_file.ts";
import type { Trust } from "./trust.ts";
import { directoryOf } from "./way.ts";

/** What a new file may allow where another user has chosen what the old one allowed. */
const SAFE_MODE = 0o644;

/** The rights of the old file that the new one gets; none where there was no old one. */
function takeOver(file: OpenFile, { info, exchanged }: Trust): void {
  if (info === null || info.mode === null) return;
  const { uid, gid, mode } = info;
  const isOwn = uid === 0 || uid === Deno.uid();
  // Only root can give a file away; whoever else writes it is its owner.
  if (exchanged === null && Deno.uid() === 0) file.setOwner(uid!, gid!);
  file.setMode(mode & (isOwn || exchanged === null ? 0o777 : SAFE_MODE));
}

/** The mode in which a new file is made: nobody else reads what the old one kept to its owner. */
function firstMode({ info, exchanged }: Trust): number {
  if (info !== null) return 0o600;
  return exchanged === null ? 0o666 : SAFE_MODE;
}

/**
 * Makes the new file at once, so that it is known that it can be written.
 *
 * @param trust What is known of the path.
 */
export function replacing(trust: Trust): OutputFile {
  const { path } = trust;
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  const file = openFile(temporary, "create", firstMode(trust));
  let isDone = false;
  return {
    // deno-lint-ignore require-await -- errors must become rejections
    async write(text) {
      takeOver(file, trust);
      file.save(text);
      Deno.renameSync(temporary, path);
      isDone = true;
      saveNames(directoryOf(path));
      if (Deno.lstatSync(path).ino === file.stat().ino) return;
      throw new Error(`another file has taken its place; ${trust.exchanged} may do that`);
    },
    [Symbol.dispose]() {
      file[Symbol.dispose]();
      if (!isDone) removeQuietly(temporary);
    },
  };
}

function removeQuietly(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    return;
  }
}
