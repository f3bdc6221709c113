/**
 * Paths from the root.
 *
 * @module
 */

/**
 * The path from the root, without `.` and `..`. Every start of the program needs it, and `node:path`
 * takes half as long to load as Deno itself; a URL is there anyway.
 */
export function absolutePath(path: string): string {
  const whole = path.startsWith("/") ? path : `${Deno.cwd()}/${path}`;
  const encoded = whole.split("/").filter((name) => name !== "").map(encodeURIComponent).join("/");
  const { pathname } = new URL(`file:///${encoded}`);
  return pathname.replace(/(?<=.)\/$/, "").split("/").map(decodeURIComponent).join("/");
}
