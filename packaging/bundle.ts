/**
 * The program as JavaScript: a small first module, and others that are read when they are needed.
 *
 * @module
 */
import { dirname } from "node:path";
import { checkBundler } from "./bundler.ts";
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

/**
 * The PostgreSQL driver's package imports the file system for a function that nobody calls here, at a
 * cost of a third of what Deno itself takes to start.
 */
const FILE_SYSTEM = /import ([\w$]+) from"node:fs";/g;

function lazily(text: string): string {
  return text
    .replace(IMPORT_LITERAL, "import(`${$1}`)")
    .replace(REQUIRE, "var $2=(id)=>process.getBuiltinModule(id);")
    .replace(
      FILE_SYSTEM,
      'var $1={readFile:(...a)=>process.getBuiltinModule("fs").readFile(...a)};',
    );
}

/** How modules of a bundle name each other. */
const NAME = /"\.\/([\w.-]+\.js)"/g;

/** The modules in the order in which they are first named, beginning with the entry. */
function inOrder(modules: ReadonlyMap<string, string>, entry: string): readonly string[] {
  const order = new Set([entry]);
  for (const name of order) {
    for (const [, other] of modules.get(name)!.matchAll(NAME)) {
      if (modules.has(other!)) order.add(other!);
    }
  }
  return [...order];
}

/** Names modules by their order: esbuild's names depend on the directory it works in. */
function renamed(modules: ReadonlyMap<string, string>, entry: string): Map<string, string> {
  const order = inOrder(modules, entry);
  const names = new Map(
    order.map((name, index) =>
      [name, name === entry ? MAIN : name.replace(/-[A-Z0-9]{8}\.js$/, `-${index}.js`)] as const
    ),
  );
  const translated = (text: string) =>
    text.replace(NAME, (whole, name) => names.has(name) ? `"./${names.get(name)}"` : whole);
  // An empty module says so: package checkers take an empty file for a mistake.
  return new Map(
    order.map((name) => [names.get(name)!, translated(modules.get(name)!) || "export {};\n"]),
  );
}

async function readModules(directory: string): Promise<ReadonlyMap<string, string>> {
  const names = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name);
  const texts = names.map(async (name) =>
    [name, lazily(await Deno.readTextFile(`${directory}/${name}`))] as const
  );
  return new Map(await Promise.all(texts));
}

async function makeBundle(): Promise<ReadonlyMap<string, string>> {
  await checkBundler();
  const entry = await writeEntry();
  const out = `${dirname(entry)}/modules`;
  const options = ["--quiet", "--minify", "--code-splitting", `--config=${ROOT}deno.json`];
  await run(Deno.execPath(), ["bundle", ...options, `--outdir=${out}`, entry]);
  const modules = renamed(await readModules(out), "entry.js");
  await Deno.remove(dirname(entry), { recursive: true });
  if ([...modules.values()].some((text) => text.includes("createRequire"))) {
    throw new Error("Cannot build: this Deno spells createRequire differently; see bundle.ts");
  }
  return modules;
}

let bundled: Promise<ReadonlyMap<string, string>> | undefined;

/**
 * Bundles the program from existing modules, once for all packages; no registry is asked when Deno's cache,
 * or a vendored directory, holds the packages. The same sources give the same texts in every directory.
 */
export const bundle = (): Promise<ReadonlyMap<string, string>> => bundled ??= makeBundle();
