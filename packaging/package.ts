/**
 * Makes the packages: `deno task package [deb] [rpm] [tarball]`, all of them unless some are named.
 *
 * @module
 */
import { basename } from "node:path";
import { makeDeb } from "./deb.ts";
import { DIST, run, sourceDate } from "./project.ts";
import { makeRpm } from "./rpm.ts";
import { type Runtime, runtimeFor, targetOf } from "./runtime.ts";
import { makeTarball } from "./tarball.ts";

const MAKERS: Readonly<Record<string, (date: number, runtime: Runtime) => Promise<string>>> = {
  deb: makeDeb,
  rpm: makeRpm,
  tarball: makeTarball,
};

/** The programs that a kind of package is made with, besides tar and gzip. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  deb: ["dpkg-deb"],
  rpm: ["rpmbuild"],
  tarball: [],
};

/** Whether a program can be run here. */
async function isInstalled(program: string): Promise<boolean> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    if (await Deno.stat(`${folder}/${program}`).then(({ isFile }) => isFile, () => false)) {
      return true;
    }
  }
  return false;
}

/** What is missing for a kind of package; undefined if nothing is. */
async function missingFor(kind: string): Promise<string | undefined> {
  for (const program of NEEDED[kind]!) if (!await isInstalled(program)) return program;
  return undefined;
}

/** Makes a package; gives its path, or null where that failed, which is told. */
async function make(kind: string, date: number, runtime: Runtime): Promise<string | null> {
  const missing = await missingFor(kind);
  if (missing !== undefined) {
    console.error(
      `Cannot make the ${kind}: ${missing} is missing; install it, or name other packages`,
    );
    return null;
  }
  try {
    return await MAKERS[kind]!(date, runtime);
  } catch (error) {
    console.error(`Cannot make the ${kind}: ${(error as Error).message}`);
    return null;
  }
}

async function main(): Promise<number> {
  const { target, rest } = targetOf(Deno.args);
  const kinds = rest.length > 0 ? rest : Object.keys(MAKERS);
  const unknown = kinds.find((kind) => !Object.hasOwn(MAKERS, kind));
  if (unknown !== undefined) {
    console.error(`Cannot make "${unknown}": it is none of ${Object.keys(MAKERS).join(", ")}`);
    return 2;
  }
  await Deno.mkdir(DIST, { recursive: true });
  const date = await sourceDate();
  const runtime = await runtimeFor(target);
  // What one of them lacks is no reason not to make the others; each removes what it has begun.
  const made = await Promise.all(kinds.map((kind) => make(kind, date, runtime)));
  const paths = made.filter((path) => path !== null);
  if (paths.length === 0) return 1;
  const sums = await run("sha256sum", paths.map((path) => basename(path)).toSorted(), {
    cwd: DIST,
  });
  await Deno.writeTextFile(`${DIST}/SHA256SUMS`, sums);
  for (const path of paths) console.log(path);
  return paths.length === kinds.length ? 0 : 1;
}

if (import.meta.main) {
  Deno.exit(
    await main().catch((error: Error) => {
      console.error(error.message);
      return 1;
    }),
  );
}
