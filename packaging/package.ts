/**
 * Makes the packages: `deno task package [deb] [rpm] [tarball]`, all of them unless some are named.
 *
 * @module
 */
import { basename } from "node:path";
import { makeDeb } from "./deb.ts";
import { DIST, run, sourceDate } from "./project.ts";
import { makeRpm } from "./rpm.ts";
import { makeTarball } from "./tarball.ts";

const MAKERS: Readonly<Record<string, (date: number) => Promise<string>>> = {
  deb: makeDeb,
  rpm: makeRpm,
  tarball: makeTarball,
};

async function main(): Promise<number> {
  const kinds = Deno.args.length > 0 ? Deno.args : Object.keys(MAKERS);
  const unknown = kinds.find((kind) => !Object.hasOwn(MAKERS, kind));
  if (unknown !== undefined) {
    console.error(`Cannot make "${unknown}": it is none of ${Object.keys(MAKERS).join(", ")}`);
    return 2;
  }
  await Deno.mkdir(DIST, { recursive: true });
  const date = await sourceDate();
  const paths = await Promise.all(kinds.map((kind) => MAKERS[kind]!(date)));
  const sums = await run("sha256sum", paths.map((path) => basename(path)).toSorted(), {
    cwd: DIST,
  });
  await Deno.writeTextFile(`${DIST}/SHA256SUMS`, sums);
  for (const path of paths) console.log(path);
  return 0;
}

if (import.meta.main) Deno.exit(await main());
