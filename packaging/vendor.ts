/**
 * Puts all packages that builds need into `vendor/`: `deno task vendor`. After that
 * `DENO_DIR=vendor deno task pack` builds without a registry.
 *
 * @module
 */
import { ROOT, run } from "./project.ts";

const directory = `${ROOT}vendor`;
await Deno.mkdir(directory, { recursive: true });
const modules = ["mod.ts", "cli.ts", "packaging/package.ts", "packaging/compile.ts"];
await run(Deno.execPath(), ["cache", "--quiet", ...modules], { env: { DENO_DIR: directory } });
console.log(`Packages are in ${directory}; DENO_DIR=vendor deno task pack builds with them`);
