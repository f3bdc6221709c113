/** A site's own migrations: reading, refusing and writing their files. */
import assert from "node:assert/strict";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import { fileName, newRevision } from "../../lib/site/new_revision.ts";
import { siteImports } from "../../lib/site/render.ts";
import { evaluate } from "../../lib/site/evaluate.ts";
import { readSiteRevisions } from "../../lib/site/read.ts";
import { revisionOf } from "../../lib/site/validate.ts";
import { registered, writeRevision } from "../../lib/site/write.ts";

const file = (body: string, imports = "") =>
  `${imports}\nexport default { id: "1", down: null, message: "", created: "2026-01-01", ${body} };\n`;

const read = async (source: string, path = "dir/1.ts") =>
  revisionOf(await evaluate(source, path), path);

/** Does something with files in a directory of their own. */
async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  action: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${directory}/${name}`, bytes);
    }
    await action(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("the words can be had under other names, over several lines, and from a checkout", async () => {
  for (
    const specifier of [
      "mistral-db-manage",
      "../lib/operations/columns.ts",
      "/opt/mistral-db-manage/mod.ts",
      "file:///opt/mistral-db-manage/lib/operations/vocabulary.ts",
    ]
  ) {
    const imports = `import type { Revision } from "${specifier}";
import {
  dropTable as drop, // a comment
  type Revision as Other,
} from '${specifier}'`;
    const { upgrade } = await read(file('upgrade: [drop("t")]', imports));
    assert.equal(upgrade[0]!.kind, "dropTable");
  }
});

Deno.test("JavaScript is read as it is", async () => {
  const { upgrade } = await read(file("upgrade: []"), "dir/1.js");
  assert.deepEqual(upgrade, []);
});

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  [
    "a syntax error",
    "\n\nconst a = ;\n",
    /^Cannot load dir\/1\.ts:3:\d+: .*[Ee]xpression expected/,
  ],
  ["an error in a type", "const a: = 1;\n", /^Cannot load dir\/1\.ts:1:\d+: /],
  [
    "what types alone cannot be taken out of",
    "enum A { b }\n",
    /1\.ts:1:1: TypeScript enum is not/,
  ],
  [
    "an error at run time",
    "\nnothing();\n",
    /^Cannot load dir\/1\.ts:2:1: nothing is not defined$/,
  ],
  ["what is thrown is no error", "throw 3;\n", /^Cannot load dir\/1\.ts: 3$/],
  ["another module", '\nimport "./a.ts";\n', /1\.ts:2: it imports "\.\/a\.ts"; a migration may .*/],
  [
    "an unknown word",
    'import { dropTabel } from "mistral-db-manage";\n',
    /1\.ts:1: it imports "dropTabel", which "mistral-db-manage" does not have$/,
  ],
  [
    "everything at once",
    'import * as all from "mistral-db-manage";\n',
    /1\.ts:1: it imports more than names in braces/,
  ],
  [
    "no default export",
    "export const a = 1;\n",
    /^Cannot load dir\/1\.ts: it has no default export/,
  ],
  [
    "a field that is missing",
    "export default {};\n",
    /"id" is missing; it must be a text of 1 to 32/,
  ],
  [
    "a field that is wrong",
    file("upgrade: 3"),
    /"upgrade" is invalid; it must be a list of/,
  ],
  ["an operation that is none", file('upgrade: [{ kind: "dropTable" }]'), /"upgrade" is invalid/],
  [
    "a date that is none",
    file("upgrade: [], created: 'x'"),
    /"created" is invalid; it must/,
  ],
];

for (const [what, source, expected] of REFUSED) {
  Deno.test(`refused with file and place: ${what}`, async () => {
    await assert.rejects(read(source), { name: "OperatorError", message: expected });
  });
}

Deno.test("of a directory all migrations are read, in order of name, and nothing else", async () => {
  const other = (id: string) => file("upgrade: []").replace('"1"', `"${id}"`);
  const files = {
    "2_b.ts": other("2"),
    "1_a.ts": other("1"),
    "3_c.js": other("3"),
    "_helper.ts": "broken",
    "mod.ts": "broken",
    "a_test.ts": "broken",
    "types.d.ts": "broken",
    "README.md": "broken",
  };
  await withFiles(files, async (directory) => {
    const revisions = await readSiteRevisions([directory], []);
    assert.deepEqual(revisions.map(({ id }) => id), ["1", "2", "3"]);
    assert.equal(revisions[0]!.origin!.path, `${directory}/1_a.ts`);
  });
});

Deno.test("what a migration does makes its checksum, and not how it is written", async () => {
  const imports = 'import { dropTable } from "mistral-db-manage";';
  const checksum = async (source: string) => {
    let found = "";
    await withFiles({ "1.ts": source }, async (directory) => {
      found = (await readSiteRevisions([directory], []))[0]!.origin!.checksum;
    });
    return found;
  };
  const first = await checksum(file('upgrade: [dropTable("t")]', imports));
  assert.match(first, /^[0-9a-f]{64}$/);
  assert.equal(await checksum(file('upgrade: [\n// why\ndropTable("t")]', imports)), first);
  assert.notEqual(await checksum(file('upgrade: [dropTable("u")]', imports)), first);
  assert.notEqual(
    await checksum(file('upgrade: [dropTable("t", { ifExists: true })]', imports)),
    first,
  );
});

Deno.test("a file that is not text, and an id that is taken, are refused by name", async () => {
  await withFiles({ "1.ts": new Uint8Array([0xff, 0xfe]) }, async (directory) => {
    await assert.rejects(readSiteRevisions([directory], []), {
      message: `Cannot load ${directory}/1.ts: it is not UTF-8`,
    });
  });
  await withFiles({ "1.ts": file("upgrade: []") }, async (directory) => {
    await assert.rejects(readSiteRevisions([directory], ["1"]), {
      message: /1\.ts: revision "1" is in this program already; give it another id$/,
    });
  });
});

Deno.test("a pipe in the place of a migration is refused and not waited for", async () => {
  await withFiles({}, async (directory) => {
    assert.ok((await new Deno.Command("mkfifo", { args: [`${directory}/1.ts`] }).output()).success);
    await assert.rejects(readSiteRevisions([directory], []), {
      message: `Cannot load ${directory}/1.ts: it is not a regular file`,
    });
  });
});

const graph = revisionGraph([
  { id: "001", down: null, message: "" },
  { id: "002", down: "001", message: "", labels: ["left"] },
  { id: "x", down: "001", message: "", labels: ["right"] },
]);

Deno.test("a new revision comes after the head that is meant", () => {
  const down = (after: readonly string[], splice = false) =>
    newRevision(graph, { message: "", after, splice }).down;
  assert.equal(down(["left@head"]), "002");
  assert.equal(down(["x"]), "x");
  assert.equal(down(["base"]), null);
  assert.equal(down(["001"], true), "001");
  assert.deepEqual(down(["heads"]), ["002", "x"]);
  assert.deepEqual(down(["002", "right@head"]), ["002", "x"]);
  assert.throws(() => down(["001"]), /^RevisionError: Revision 001 is not a head revision; please/);
  assert.throws(() => newRevision(graph, { message: "" }), /Multiple heads are present; please/);
  assert.throws(() => down(["x", "right@head"]), /Duplicate head revisions specified/);
});

Deno.test("a new revision gets the next number, and names that are free", () => {
  const after = ["heads"];
  assert.equal(newRevision(graph, { message: "", after }).id, "003");
  assert.equal(newRevision(revisionGraph([]), { message: "" }).id, "001");
  assert.throws(
    () => newRevision(graph, { message: "", after, id: "x" }),
    /a revision with that id exists/,
  );
  assert.throws(() => newRevision(graph, { message: "", after, labels: ["left"] }), /already used/);
  assert.throws(
    () => newRevision(graph, { message: "", after, dependsOn: ["?"] }),
    /does not exist/,
  );
});

Deno.test("files are called after the message, as Alembic cuts it", () => {
  const name = (message: string, id = "046") => fileName({ id, message });
  assert.equal(name("Add a column"), "046_add_a_column.ts");
  assert.equal(name(""), "046_.ts");
  assert.equal(name("Größe (42)! 日本"), "046_größe_42_日本.ts");
  assert.equal(name("x".repeat(60)), `046_${"x".repeat(40)}_.ts`);
  assert.equal(name("../../etc/passwd", "a/b"), "a_b_etc_passwd.ts");
});

Deno.test("a file is written once, and read back as it was meant", async () => {
  await withFiles({}, async (directory) => {
    const draft = { ...newRevision(graph, { message: "One", after: ["x"] }), upgrade: [] };
    const created = "2026-01-01T00:00:00Z";
    const path = await writeRevision({ ...draft, created }, [directory]);
    assert.equal(path, `${directory}/003_one.ts`);
    assert.match(await Deno.readTextFile(path), new RegExp(`from "${siteImports.revision}"`));
    const [revision] = await readSiteRevisions([directory], ["001", "002", "x"]);
    assert.deepEqual([revision!.id, revision!.down, revision!.created], ["003", "x", created]);
    await assert.rejects(writeRevision({ ...draft, created }, [directory]), /it is there already/);
  });
});

Deno.test("the list of the embedded migrations gets one more", async () => {
  const list = await Deno.readTextFile(new URL("../../migrations/mod.ts", import.meta.url));
  const longer = registered(list, { id: "999" }, "999_x.ts");
  assert.match(longer, /import r\d+ from .*\nimport r999 from "\.\/999_x\.ts";\n\n/);
  assert.match(longer, /\n {2}r\d+,\n {2}r999,\n\];\n$/);
});
