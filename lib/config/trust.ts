/**
 * Whether somebody else may change a file that decides what this program does.
 *
 * @module
 */

/** The bit of a mode that lets everybody write. */
const WRITABLE_BY_ALL = 0o002;

/**
 * Who besides root and the user of the program may change a file or what is in a directory, in words;
 * null where nobody may, or it cannot be told.
 */
export async function strangerWhoMayChange(path: string): Promise<string | null> {
  const info = await Deno.stat(path).catch(() => null);
  if (info === null || info.uid === null || info.mode === null) return null;
  if (info.uid !== 0 && info.uid !== Deno.uid()) return `user ${info.uid}, to whom it belongs`;
  return (info.mode & WRITABLE_BY_ALL) !== 0 ? "everybody" : null;
}
