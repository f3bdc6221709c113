/**
 * The text that carries the program's modules in the packed file: a module that writes them into
 * the directory that it is given. That it runs also shows that the runtime does, where it is.
 *
 * @module
 */

/** A module that writes these modules. */
export function installer(modules: ReadonlyMap<string, string>): string {
  const files = JSON.stringify(Object.fromEntries(modules));
  return [
    `const files = ${files};`,
    "const [directory] = Deno.args;",
    "Deno.mkdirSync(directory);",
    "for (const [name, text] of Object.entries(files)) {",
    "  Deno.writeTextFileSync(`${directory}/${name}`, text);",
    "}",
    "",
  ].join("\n");
}
