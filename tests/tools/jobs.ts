/**
 * All tests, cut into jobs that can be done in any order, several at once.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const TESTS = new URL("../", import.meta.url);

/** The checkout. */
export const ROOT: string = fileURLToPath(new URL("../", TESTS));

/** One command of Deno. */
export type Job = readonly string[];

/** Types once for all: each process of the tests would check them anew. */
const TYPES: Job = ["check", "mod.ts", "cli.ts", "lib/", "migrations/", "packaging/", "tests/"];

const EXAMPLES: Job = ["test", "-A", "--doc", "--ignore=tests"];

/** What takes long begins first, each file by itself; the rest is done folder by folder. */
const LONGEST = [
  "autogenerate/round_trip_test.ts",
  "packaging/packages_test.ts",
  "packaging/packed_test.ts",
  "specs/specs_test.ts",
  "matrix/script_test.ts",
  "migrations/adding_test.ts",
  "cli/reference_test.ts",
  "packaging/other_machines_test.ts",
].map((file) => `tests/${file}`);

/** Runs tests whose types are checked elsewhere. */
const tests = (...args: readonly string[]): Job => ["test", "-A", "--no-check", ...args];

async function filesIn(folder: string): Promise<number> {
  let count = 0;
  for await (const { name, isDirectory } of Deno.readDir(ROOT + folder)) {
    if (isDirectory) count += await filesIn(`${folder}/${name}`);
    else if (name.endsWith("_test.ts")) count++;
  }
  return count;
}

/** The folders with tests besides the longest, the fullest first. */
async function folders(): Promise<readonly string[]> {
  const counted: [string, number][] = [];
  for await (const { name, isDirectory } of Deno.readDir(TESTS)) {
    if (!isDirectory || name === "fixtures") continue;
    const folder = `tests/${name}`;
    const apart = LONGEST.filter((file) => file.startsWith(`${folder}/`)).length;
    counted.push([folder, await filesIn(folder) - apart]);
  }
  const full = counted.filter(([, count]) => count > 0);
  return full.toSorted((one, other) => other[1] - one[1]).map(([folder]) => folder);
}

/** Everything there is to be tested, in the order in which it is best begun. */
export async function allJobs(): Promise<readonly Job[]> {
  const rest = (await folders()).map((folder) => tests(`--ignore=${LONGEST.join(",")}`, folder));
  return [TYPES, ...LONGEST.map((file) => tests(file)), ...rest, EXAMPLES];
}
