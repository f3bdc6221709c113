/**
 * The text that carries the program's modules in the packed file: a module that writes them, and their
 * digests, into the working directory. That it runs also shows that the runtime does, where it is.
 *
 * @module
 */
import { gzipSync } from "node:zlib";

/**
 * A module that writes these files. They are compressed in it: as text they would be the greater part of
 * what is not Deno.
 */
export function installer(texts: ReadonlyMap<string, string>): string {
  const files = gzipSync(JSON.stringify(Object.fromEntries(texts)), { level: 9 }).toString(
    "base64",
  );
  return [
    `const packed = Uint8Array.fromBase64("${files}");`,
    'const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));',
    "const files = await new Response(stream).json();",
    'for (const name of ["program", "cache"]) Deno.mkdirSync(name);',
    "for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(name, text);",
    "",
  ].join("\n");
}
