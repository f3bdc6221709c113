/**
 * Puts all packages that builds need into `vendor/`: `deno task vendor`. After that
 * `DENO_DIR=vendor deno task pack` builds without a registry.
 *
 * @module
 */
import { checkBundler } from "./bundler.ts";
import { ROOT, run } from "./project.ts";

const directory = `${ROOT}vendor`;
await Deno.mkdir(directory, { recursive: true });
const modules = ["mod.ts", "cli.ts", "packaging/package.ts", "packaging/compile.ts"];
const env = { DENO_DIR: directory };
await run(Deno.execPath(), ["cache", "--quiet", ...modules], { env });
await checkBundler(directory);
// Deno may have more to fetch for its bundler when that is first used.
const scratch = await Deno.makeTempDir();
await run(Deno.execPath(), ["bundle", "--quiet", `--output=${scratch}/cli.js`, "cli.ts"], { env });
await Deno.remove(scratch, { recursive: true });
console.log(`Packages are in ${directory}; DENO_DIR=vendor deno task pack builds with them`);
