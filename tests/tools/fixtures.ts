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
