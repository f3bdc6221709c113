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
  "attacks/packaged_program_test.ts",
  "specs/specs_test.ts",
  "matrix/script_test.ts",
  "migrations/adding_test.ts",
  "cli/reference_test.ts",
  "packaging/other_machines_test.ts",
].map((file) => `tests/${file}`);

/** Folders with much to do, which would be waited for at the end. */
const LONG_FOLDERS = ["tests/matrix", "tests/plan"];

/** Runs tests whose types are checked elsewhere. */
const tests = (...args: readonly string[]): Job => ["test", "-A", "--no-check", ...args];

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(ROOT + folder));
  const files = entries.map(async ({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? await filesIn(path) : name.endsWith("_test.ts") ? [path] : [];
  });
  return (await Promise.all(files)).flat().toSorted();
}

/** The folders with tests besides the longest, those with the most to do first. */
async function folders(): Promise<readonly string[]> {
  const counted: { readonly folder: string; readonly count: number }[] = [];
  for await (const { name, isDirectory } of Deno.readDir(TESTS)) {
    if (!isDirectory || name === "fixtures") continue;
    const folder = `tests/${name}`;
    const rest = (await filesIn(folder)).filter((file) => !LONGEST.includes(file));
    counted.push({ folder, count: rest.length });
  }
  const full = counted.filter(({ count }) => count > 0);
  const byCount = full.toSorted((one, other) => other.count - one.count)
    .map(({ folder }) => folder);
  return [...new Set([...LONG_FOLDERS, ...byCount])];
}

/** The tests of a folder besides the longest. */
function restOf(folder: string): Job {
  const apart = LONGEST.filter((file) => file.startsWith(`${folder}/`));
  return tests(...(apart.length > 0 ? [`--ignore=${apart.join(",")}`] : []), folder);
}

/** Everything there is to be tested, in the order in which it is best begun. */
export async function allJobs(): Promise<readonly Job[]> {
  const rest = (await folders()).map(restOf);
  return [TYPES, ...LONGEST.map((file) => tests(file)), ...rest, EXAMPLES];
}
