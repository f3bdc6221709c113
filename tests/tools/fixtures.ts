/**
 * Files in `tests/fixtures/`.
 *
 * @module
 */

/** The text of a fixture; `path` is relative to `tests/fixtures/`. */
export function fixture(path: string): Promise<string> {
  return Deno.readTextFile(new URL(`../fixtures/${path}`, import.meta.url));
}

/** The parsed JSON of a fixture. */
export async function jsonFixture<T>(path: string): Promise<T> {
  return JSON.parse(await fixture(path));
}

/** Whether what is expected is written anew, as `deno task fixtures` does. */
export const isRenewing: boolean = Deno.env.has("UPDATE_FIXTURES");

/** Writes a fixture anew, where that is wanted. */
export async function renew(path: string, text: string): Promise<void> {
  if (isRenewing) await Deno.writeTextFile(new URL(`../fixtures/${path}`, import.meta.url), text);
}
