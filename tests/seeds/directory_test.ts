/** A site's directory of definitions: what is read, and what is refused. */
import assert from "node:assert/strict";
import { MAX_FILE_BYTES, readSeedDirectory } from "../../lib/seeds/directory.ts";
import { populate } from "../../lib/seeds/mod.ts";
import { databaseTest } from "../tools/databases.ts";
import { graph, rowsOf, upgradeTo } from "../tools/migrations.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

const ACTION = "version: 2.0\nsite.a: {base: std.echo}\n";
const WORKFLOW = "version: 2.0\nsite.w:\n  tasks: {t: {action: site.a}}\n";

/** Does something with a directory that holds these files. */
async function withFiles(files: Files, test: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    for (const [path, content] of Object.entries(files)) {
      await Deno.mkdir(`${directory}/${path.replace(/[^/]*$/, "")}`, { recursive: true });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${directory}/${path}`, bytes);
    }
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const namesOf = async (directory: string) =>
  (await readSeedDirectory(directory)).map(({ kind, name }) => `${kind} ${name}`);

Deno.test("all YAML files below it are read, hidden and other ones are not", async () => {
  const files = {
    "b.yaml": WORKFLOW,
    "a/deep/x.YML": ACTION,
    ".hidden.yaml": "broken: [",
    ".git/x.yaml": "broken: [",
    "README.md": "broken: [",
  };
  await withFiles(files, async (directory) => {
    assert.deepEqual(await namesOf(directory), ["action site.a", "workflow site.w"]);
  });
});

Deno.test("files that are links, as in a mounted configuration map, are read once", async () => {
  await withFiles({ "..2024/w.yaml": WORKFLOW }, async (directory) => {
    await Deno.symlink("..2024", `${directory}/..data`);
    await Deno.symlink("..data/w.yaml", `${directory}/w.yaml`);
    assert.deepEqual(await namesOf(directory), ["workflow site.w"]);
  });
});

Deno.test("a byte order mark is no part of the definition, line ends are", async () => {
  const text = WORKFLOW.replaceAll("\n", "\r\n");
  await withFiles({ "w.yaml": `\ufeff${text}` }, async (directory) => {
    const [seed] = await readSeedDirectory(directory);
    assert.equal(seed!.values.definition, text);
  });
});

const latin1 = new Uint8Array([...new TextEncoder().encode("version: 2.0\n# caf"), 0xe9, 10]);
const tooLarge = new Uint8Array(MAX_FILE_BYTES + 1).fill(35);

const REFUSED: Readonly<Record<string, readonly [Files, RegExp]>> = {
  "a directory without YAML": [{ "a.txt": "" }, /has no file whose name ends in \.yaml or \.yml$/],
  "a file that is not UTF-8": [
    { "a.yaml": latin1 },
    /its files have errors; nothing was written\n {2}a\.yaml:2: the text is not UTF-8$/,
  ],
  "a file that is too large": [
    { "a.yaml": tooLarge },
    /Cannot read .*\/a\.yaml: it has 1048577 bytes; a file may have 1048576$/,
  ],
  "one action twice in two files": [
    { "a.yaml": ACTION, "b/c.yaml": `# again\n${ACTION}` },
    /\n {2}b\/c\.yaml:3: "site\.a" is in a\.yaml:2 already$/,
  ],
  "the engine's own actions": [
    { "a.yaml": "version: 2.0\nstd.echo: {base: std.noop}\n" },
    /\n {2}a\.yaml:2: "std\.echo" is the name of one of the engine's own actions; use another$/,
  ],
  "several files that are wrong": [
    { "a.yaml": "a: !x 1", "b.yaml": WORKFLOW.replace("action", "acton"), "c.yaml": ACTION },
    /\n {2}a\.yaml:1: the text has the tag "!x"; .*\n {2}b\.yaml:3: "site\.w\.tasks\.t\.acton" is /,
  ],
};

for (const [name, [files, message]] of Object.entries(REFUSED)) {
  Deno.test(`refused: ${name}`, async () => {
    await withFiles(files, async (directory) => {
      await assert.rejects(readSeedDirectory(directory), { name: "OperatorError", message });
    });
  });
}

Deno.test("an action and a workflow may have the same name", async () => {
  const files = { "a.yaml": ACTION, "b.yaml": WORKFLOW.replace("site.w", "site.a") };
  await withFiles(files, async (directory) => {
    assert.deepEqual(await namesOf(directory), ["action site.a", "workflow site.a"]);
  });
});

Deno.test("very many problems are counted", async () => {
  const entries = Array.from({ length: 60 }, (_, index) => `w${index}: {}\n`).join("");
  await withFiles({ "a.yaml": `version: 2.0\n${entries}` }, async (directory) => {
    await assert.rejects(readSeedDirectory(directory), {
      message: /"w49" has.*\n {2}and 10 more$/,
    });
  });
});

Deno.test("refused: a directory or file that cannot be read", async () => {
  await withFiles({ "a.yaml": ACTION }, async (directory) => {
    const refused = (path: string, message: RegExp) =>
      assert.rejects(readSeedDirectory(path), { name: "OperatorError", message });
    await refused(`${directory}/none`, /^Cannot read .*\/none: it does not exist$/);
    await refused(`${directory}/a.yaml`, /^Cannot read .*\/a\.yaml: it is not a directory$/);
    await Deno.symlink("gone", `${directory}/b.yaml`);
    await refused(directory, /^Cannot read .*\/b\.yaml: it does not exist$/);
    await Deno.remove(`${directory}/b.yaml`);
    await Deno.symlink("/dev/null", `${directory}/b.yaml`);
    await refused(directory, /^Cannot read .*\/b\.yaml: it is not a regular file$/);
  });
});

databaseTest(
  "a site's definitions are public, and its workflows the system's",
  async (_t, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "head");
    await withFiles({ "a.yaml": ACTION, "w.yaml": WORKFLOW }, async (directory) => {
      const seeds = await readSeedDirectory(directory);
      await populate(connection, graph, { seeds });
      const [action] = await rowsOf(connection, "action_definitions_v2");
      const [workflow] = await rowsOf(connection, "workflow_definitions_v2");
      assert.deepEqual(
        [action!.scope, Boolean(action!.is_system), action!.definition, action!.input],
        ["public", false, ACTION, null],
      );
      assert.deepEqual(
        [workflow!.scope, Boolean(workflow!.is_system), workflow!.definition],
        ["public", true, WORKFLOW],
      );
      assert.deepEqual((await populate(connection, graph, { seeds })).changes, []);
      await populate(connection, graph);
      assert.equal((await rowsOf(connection, "workflow_definitions_v2")).length, 3);
    });
  },
);
