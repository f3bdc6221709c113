/**
 * `deno task fixtures`: writes anew what follows from the program itself, and prints what changed:
 * the scripts of all revisions, the spelling of every change, the schema of revisions that upstream's
 * tool does not have, the texts of the help, docs/commands.md and docs/schema.svg. What was measured on upstream's tool stays.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const TESTS = new URL("../", import.meta.url);

/** The folders of what is expected. */
const FOLDERS = ["fixtures", "specs"];

/** The tests that write, each with what chooses those among its file's. */
const WRITERS: readonly (readonly string[])[] = [
  ["tests/matrix/script_test.ts", "--filter", "as it was reviewed"],
  ["tests/dialects/compile_test.ts", "--filter", "as the file says"],
  ["tests/matrix/schema_test.ts", "--filter", "one at a time"],
  ["tests/specs", "--filter", "conversations: help"],
  ["tests/pictures", "--filter", "docs/schema.svg"],
  ["tests/docs", "--filter", "shows what the program says"],
  ["tests/packaging/descriptions_test.ts", "--filter", "docs/commands.md"],
];

async function* filesIn(folder: string): AsyncIterable<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesIn(`${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}

async function snapshot(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const folder of FOLDERS) {
    for await (const path of filesIn(fileURLToPath(new URL(folder, TESTS)))) {
      files.set(path, await Deno.readTextFile(path));
    }
  }
  return files;
}

/** Servers that are there already are used; else private ones are started. */
async function run(writer: readonly string[]): Promise<boolean> {
  const running = Deno.env.has("TEST_MYSQL_URL") || Deno.env.has("TEST_POSTGRESQL_URL");
  const task = running ? ["test", "-A"] : ["run", "-A", "tests/tools/run_tests.ts"];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...task, ...writer],
    cwd: fileURLToPath(new URL("../", TESTS)),
    env: { UPDATE_FIXTURES: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (!success) console.error(decoder.decode(stdout) + decoder.decode(stderr));
  return success;
}

async function main(): Promise<number> {
  const before = await snapshot();
  let failed = 0;
  for (const writer of WRITERS) {
    if (!await run(writer)) failed++;
  }
  const after = await snapshot();
  const changed = [...after].filter(([path, text]) => before.get(path) !== text);
  for (const [path] of changed) {
    const name = path.slice(fileURLToPath(TESTS).length);
    console.log(`${before.has(path) ? "changed" : "new"}: tests/${name}`);
  }
  if (changed.length === 0) console.log("nothing changed");
  return failed === 0 ? 0 : 1;
}

Deno.exit(await main());
