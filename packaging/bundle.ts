/**
 * The program as JavaScript: a small first module, and others that are read when they are needed.
 *
 * @module
 */
import { dirname } from "node:path";
import { writeEntry } from "./entry.ts";
import { ROOT, run } from "./project.ts";

/** Name of the module that starts the program. */
export const MAIN = "main.js";

/** Deno reads whatever a literal `import("./x.js")` names before it starts the program. */
const IMPORT_LITERAL = /\bimport\(("\.\/[^"]+\.js")\)/g;

/**
 * What esbuild's `require` stands on loads all of Deno's Node modules at the start, which takes as
 * long as Deno itself, though only the MySQL driver requires any, and only built in ones.
 */
const REQUIRE =
  /import\{createRequire as (\w+)\} from "node:module";var (\w+)=\1\(import\.meta\.url\);/;

function lazily(text: string): string {
  return text
    .replace(IMPORT_LITERAL, "import(`${$1}`)")
    .replace(REQUIRE, "var $2=(id)=>process.getBuiltinModule(id);");
}

/**
 * Bundles the program from modules that are there; no registry is asked when Deno's cache, or a
 * vendored directory, holds the packages. The same sources give the same texts in every directory.
 */
export async function bundle(): Promise<ReadonlyMap<string, string>> {
  const entry = await writeEntry();
  const directory = dirname(entry);
  const out = `${directory}/modules`;
  const options = ["--quiet", "--minify", "--code-splitting", `--config=${ROOT}deno.json`];
  await run(Deno.execPath(), ["bundle", ...options, `--outdir=${out}`, entry]);
  const names = (await Array.fromAsync(Deno.readDir(out))).map(({ name }) => name).toSorted();
  const modules = names.map(async (name) => {
    const text = lazily(await Deno.readTextFile(`${out}/${name}`));
    return [name === "entry.js" ? MAIN : name, text] as const;
  });
  const made = new Map(await Promise.all(modules));
  await Deno.remove(directory, { recursive: true });
  if ([...made.values()].some((text) => text.includes("createRequire"))) {
    throw new Error("Cannot build: this Deno spells createRequire differently; see bundle.ts");
  }
  return made;
}
