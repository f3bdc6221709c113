/**
 * `deno task fixtures`: writes anew what follows from the program itself, and prints what changed:
 * the scripts of all revisions, the spelling of every change, the schema of revisions that upstream's
 * tool does not have, the texts of the help, and in docs/ commands.md, schema.svg and the list of
 * checks. What was measured on upstream's tool stays.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const TESTS = new URL("../", import.meta.url);

/** The folders of what is expected. */
const FOLDERS = ["fixtures", "specs"];

/** The tests that write, by the files that have them. */
const WRITERS: Readonly<Record<string, string>> = {
  "tests/matrix/script_test.ts": "as it was reviewed",
  "tests/servers/compile_test.ts": "as the file says",
  "tests/matrix/schema_test.ts": "one at a time",
  "tests/specs": "conversations: help",
  "tests/pictures": "docs/schema.svg",
  "tests/docs": "shows what the program says",
  "tests/doctor/adding_test.ts": "docs/checks.md",
  "tests/packaging/descriptions_test.ts": "docs/commands.md",
};

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

/** One process for all of them. Servers that are there already are used; else private ones are started. */
async function write(): Promise<boolean> {
  const running = Deno.env.has("TEST_MYSQL_URL") || Deno.env.has("TEST_POSTGRESQL_URL");
  const task = running ? ["test", "-A"] : ["run", "-A", "tests/tools/run_tests.ts"];
  const chosen = Object.values(WRITERS).join("|").replaceAll("/", "\\/").replaceAll(".", "\\.");
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...task, "--no-check", "--filter", `/${chosen}/`, ...Object.keys(WRITERS)],
    cwd: fileURLToPath(new URL("../", TESTS)),
    env: { UPDATE_FIXTURES: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (!success) console.error(decoder.decode(stdout) + decoder.decode(stderr));
  return success;
}

async function main(): Promise<number> {
  const before = await snapshot();
  const success = await write();
  const after = await snapshot();
  const changed = [...after].filter(([path, text]) => before.get(path) !== text);
  for (const [path] of changed) {
    const name = path.slice(fileURLToPath(TESTS).length);
    console.log(`${before.has(path) ? "changed" : "new"}: tests/${name}`);
  }
  if (changed.length === 0) console.log("nothing changed");
  return success ? 0 : 1;
}

Deno.exit(await main());
