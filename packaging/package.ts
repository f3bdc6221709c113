/**
 * Makes the packages: `deno task package [--target MACHINE] [deb] [rpm] [tarball] [archive]`, those that are usual on the
 * machine unless some are named.
 *
 * @module
 */
import { basename } from "node:path";
import { makeArchive } from "./archive.ts";
import { makeDeb } from "./deb.ts";
import { DIST, run, sourceDate } from "./project.ts";
import { provenance } from "./provenance.ts";
import { makeRpm } from "./rpm.ts";
import { type Runtime, runtimeFor, targetOf } from "./runtime.ts";
import { makeTarball } from "./tarball.ts";

/** What is made of each, unless the command line says so. */
const USUAL: Readonly<Record<Runtime["os"], readonly string[]>> = {
  linux: ["deb", "rpm", "tarball"],
  macos: ["archive"],
  windows: ["archive"],
};

const MAKERS: Readonly<Record<string, (date: number, runtime: Runtime) => Promise<string>>> = {
  deb: makeDeb,
  rpm: makeRpm,
  tarball: makeTarball,
  archive: makeArchive,
};

/** The programs that a kind of package is made with, besides tar and gzip. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  deb: ["dpkg-deb"],
  rpm: ["rpmbuild"],
  tarball: [],
  archive: ["zip"],
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

/** Makes a package and returns its path; null after a failure, which it reports. */
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

/** Signs the sums with the key that `SIGNING_KEY` names, beside them as `.asc`; without one nothing is signed. */
async function sign(path: string): Promise<void> {
  const key = Deno.env.get("SIGNING_KEY");
  if (!key) return;
  const args = ["--batch", "--yes", "--armor", "--detach-sign", "--local-user", key, path];
  await run("gpg", args);
}

async function main(): Promise<number> {
  const { target, rest } = targetOf(Deno.args);
  const runtime = await runtimeFor(target);
  const kinds = rest.length > 0 ? rest : USUAL[runtime.os];
  const unknown = kinds.find((kind) => !Object.hasOwn(MAKERS, kind));
  if (unknown !== undefined) {
    console.error(`Cannot make "${unknown}": it is none of ${Object.keys(MAKERS).join(", ")}`);
    return 2;
  }
  const foreign = kinds.find((kind) => kind !== "archive" && !USUAL[runtime.os].includes(kind));
  if (foreign !== undefined) {
    console.error(`Cannot make the ${foreign} for ${target}: it is for Linux; make an archive`);
    return 2;
  }
  await Deno.mkdir(DIST, { recursive: true });
  const date = await sourceDate();
  // What one of them lacks is no reason not to make the others; each removes what it has begun.
  const made = await Promise.all(kinds.map((kind) => make(kind, date, runtime)));
  const paths = made.filter((path) => path !== null);
  if (paths.length === 0) return 1;
  const sums = await run("sha256sum", paths.map((path) => basename(path)).toSorted(), {
    cwd: DIST,
  });
  await Deno.writeTextFile(`${DIST}/SHA256SUMS`, sums);
  const statement = await provenance(paths, runtime);
  await Deno.writeTextFile(`${DIST}/provenance.intoto.json`, statement);
  await sign(`${DIST}/SHA256SUMS`);
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
