/**
 * Compiles the program with `deno compile`: `deno task compile [--target TARGET]`. It needs the
 * runtime `denort`, which Deno downloads unless `DENORT_BIN` names one; where it cannot be had, the
 * program is packed instead.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { parseArgs } from "node:util";
import { writeEntry } from "./entry.ts";
import { pack } from "./pack.ts";
import { ownRuntime } from "./runtime.ts";
import { DENO_OPTIONS, DIST, PERMISSIONS, PROGRAM, ROOT, tryRun } from "./project.ts";

/** The systems that Deno has a runtime for. */
const TARGETS: readonly string[] = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
];

/** Of the options that keep Deno to the program, those that `deno compile` has no use for. */
const ONLY_WHEN_RUN: readonly string[] = ["--no-config", "--no-lock", "--no-npm", "--no-remote"];

const NO_DOWNLOAD =
  "the runtime denort could not be downloaded; set DENORT_BIN to the one for this system";

const NO_RUNTIME = /Setting up base binary|denort/;

/** Compiles; gives what went wrong, or null. */
async function compile(path: string, target: string): Promise<string | null> {
  const entry = await writeEntry();
  const { success, stderr } = await tryRun(Deno.execPath(), [
    "compile",
    `--config=${ROOT}deno.json`,
    ...DENO_OPTIONS.filter((option) => !ONLY_WHEN_RUN.includes(option)),
    ...PERMISSIONS,
    // A compiled program would keep code in a file in /tmp, and run what it finds there.
    "--no-code-cache",
    `--target=${target}`,
    // Deno refuses to write over a file that it has not compiled.
    `--output=${dirname(entry)}/${basename(path)}`,
    entry,
  ]);
  if (success) await Deno.rename(`${dirname(entry)}/${basename(path)}`, path);
  await Deno.remove(dirname(entry), { recursive: true });
  return success ? null : stderr;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ args: Deno.args, options: { target: { type: "string" } } });
  const { target = Deno.build.target } = values;
  if (!TARGETS.includes(target)) {
    console.error(`Cannot compile for "${target}": it is none of ${TARGETS.join(", ")}`);
    return 2;
  }
  const own = target === Deno.build.target;
  const suffix = target.includes("windows") ? ".exe" : "";
  const path = `${DIST}/${PROGRAM}${own ? "" : `-${target}`}${suffix}`;
  const problem = await compile(path, target);
  if (problem === null) return 0;
  const lacksRuntime = NO_RUNTIME.test(problem);
  if (!lacksRuntime || !own) {
    console.error(`Cannot compile for ${target}: ${lacksRuntime ? NO_DOWNLOAD : problem.trim()}`);
    return 1;
  }
  await pack(path, ownRuntime);
  console.error(
    "Packed with this Deno instead of compiled: the runtime denort could not be downloaded, and " +
      "DENORT_BIN names none",
  );
  return 0;
}

if (import.meta.main) Deno.exit(await main());
