/**
 * The Deno that runs the tests, where other users may start it, too.
 *
 * @module
 */

/** Copies it into a directory; gives its path. The one that runs the tests may be in root's home. */
export async function commonDeno(directory: string): Promise<string> {
  const deno = `${directory}/real-deno`;
  await Deno.copyFile(Deno.execPath(), deno);
  await Deno.chmod(deno, 0o755);
  return deno;
}
