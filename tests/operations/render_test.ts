import assert from "node:assert/strict";
import {
  boolean,
  char,
  column,
  datetime,
  equals,
  integer,
  isNotEmpty,
  isNotNull,
  isNull,
  longText,
  mediumText,
  string,
  text,
} from "../../lib/operations/columns.ts";
import { declare } from "../../lib/operations/declare.ts";
import { layout, list } from "../../lib/operations/layout.ts";
import type { Operation, OperationKind } from "../../lib/operations/operation.ts";
import { render } from "../../lib/operations/render.ts";
import {
  addColumn,
  alterColumn,
  createTable,
  deleteRows,
  dropColumn,
  dropForeignKey,
  dropIndex,
  dropPrimaryKey,
  dropTable,
  dropUnique,
  execute,
  foreignKey,
  index,
  primaryKey,
  unique,
  update,
} from "../../lib/operations/vocabulary.ts";
import { dialects } from "../tools/dialects.ts";
import { operationsBetween } from "../../lib/engine/drift/autogenerate.ts";
import { revisionSource, siteImports } from "../../lib/site/render.ts";
import { evaluate } from "../../lib/site/evaluate.ts";
import { revisionOf } from "../../lib/site/validate.ts";
import { migrations } from "../../migrations/mod.ts";
import { models } from "../../migrations/models/mod.ts";
import { assertTidy } from "../tools/tidy.ts";

const LONG = ["a_rather_long_column_name", "another_rather_long_name", "and_one_more_of_them"];

/** Every word with every option, short enough for one line and too long for it. */
const OPERATIONS: readonly Operation[] = [
  createTable("t", { columns: [column("id", integer, { nullable: false, autoincrement: true })] }),
  createTable("t", {
    columns: [
      column("a", string(3), { default: 'a "quoted" \\ text\nin two lines' }),
      column("b", char(36), { nullable: false, default: { sql: "lower('X')" } }),
      column("c", text),
      column("d", mediumText),
      column("e", longText),
      column("f", boolean, { default: false }),
      column("g", datetime, { default: { sql: "CURRENT_TIMESTAMP" } }),
      column("h", { kind: "other", sql: "JSON" }),
    ],
    primaryKey: ["a"],
    uniques: [["a", "b"], { name: "named", columns: ["b"] }, LONG, LONG],
    indexes: { one: ["a"], "needs quotes": ["b"] },
    foreignKeys: [
      { columns: ["a"], refTable: "u", refColumns: ["a"] },
      {
        name: "named",
        columns: ["b"],
        refTable: "u",
        refColumns: ["b"],
        onDelete: "SET NULL",
        onUpdate: "CASCADE",
      },
    ],
  }, { ifMissing: true, only: ["mysql", "sqlite"] }),
  dropTable("t", { ifExists: true }),
  addColumn("t", column("a", integer, { nullable: false }), { fill: 0, ifMissing: true }),
  addColumn("a_table", column("with_a_long_name", string(255), { nullable: false }), {
    fill: "a value that makes the line too long for the page",
  }),
  dropColumn("t", "a", { only: "mysql" }),
  alterColumn("t", "a", { type: string(9), nullable: false, default: null, autoincrement: false }),
  alterColumn("t", "a", { default: { literal: "ü" } }),
  alterColumn("t", "a", { default: { sql: "CURRENT_TIMESTAMP" } }),
  primaryKey("t", ["a", "b"]),
  dropPrimaryKey("t"),
  unique("t", ["a"]),
  unique("t", { name: "named", columns: [...LONG, ...LONG] }),
  dropUnique("t", ["a"], { ifExists: true, name: "named" }),
  dropUnique("a_table_with_a_long_name", [...LONG, ...LONG], { name: "named", only: "mysql" }),
  index("i", "t", ["a"], { unique: true }),
  index("an_index_with_a_rather_long_name_of_its_own", "a_table_with_a_long_name", LONG),
  dropIndex("i", "t"),
  foreignKey("t", ["a"], "u", ["b"]),
  foreignKey("a_table_with_a_long_name", LONG, "another_table_with_a_long_name", LONG, {
    name: "named",
    onDelete: "CASCADE",
    onUpdate: "RESTRICT",
  }),
  dropForeignKey("t", ["a"], { name: "named" }),
  update("t", { a: 1, b: null, "c d": "x", e: true }),
  update("t", { a: "" }, {
    where: [isNull("a"), isNotNull("b"), isNotEmpty("c"), equals("d", "e")],
  }),
  deleteRows("t", [equals("a", false)]),
  deleteRows("t", []),
  execute("SELECT 1"),
  execute({ postgresql: "SELECT 1", mysql: "SELECT 2", sqlite: "SELECT 3" }, {
    does: "ask",
    writes: "t",
    reads: ["u", "v.a"],
    warning: "{count} rows",
  }),
];

const draft = (operations: readonly Operation[], message = "everything") => ({
  id: "001",
  down: null,
  message,
  created: "2026-01-01T00:00:00Z",
  upgrade: operations.map((operation) => ({ operation, remark: null })),
});

async function readBack(source: string) {
  return revisionOf(await evaluate(source, "001.ts"), "001.ts");
}

Deno.test("what is rendered and read again is the same, for every kind of operation", async () => {
  const kinds = new Set<OperationKind>(OPERATIONS.map(({ kind }) => kind));
  assert.equal(kinds.size, 16);
  const source = revisionSource(draft(OPERATIONS), siteImports);
  assert.deepEqual((await readBack(source)).upgrade, OPERATIONS);
  await assertTidy([source]);
});

Deno.test("the embedded migrations and the models are the same rendered and read again", async () => {
  const sources: string[] = [];
  for (const operations of [...migrations.map(({ upgrade }) => upgrade), models]) {
    const source = revisionSource(draft(operations), siteImports);
    assert.deepEqual((await readBack(source)).upgrade, operations);
    sources.push(source);
  }
  await assertTidy(sources);
});

Deno.test("the head of a file says all there is to say, whatever the message", async () => {
  const messages = ["", "short", "a */ b", "x ".repeat(120), 'quotes " and \\ and ü', "Ends."];
  const sources = messages.map((message) =>
    revisionSource({ ...draft([], message), labels: ["a"], dependsOn: ["b"] }, siteImports)
  );
  for (const [number, source] of sources.entries()) {
    const { id, down, message, labels, dependsOn, upgrade } = await readBack(source);
    assert.deepEqual({ id, down, message, labels, dependsOn, upgrade }, {
      id: "001",
      down: null,
      message: messages[number],
      labels: ["a"],
      dependsOn: ["b"],
      upgrade: [],
    });
  }
  await assertTidy(sources);
});

Deno.test("a line is broken where it would be too long, and nowhere else", () => {
  const call = { call: "f", arguments: [JSON.stringify("x".repeat(50)), list(["1", "2"])] };
  assert.equal(
    layout(call, 40),
    `f("${"x".repeat(50)}", [\n${" ".repeat(42)}1,\n${" ".repeat(42)}2,\n${" ".repeat(40)}])`,
  );
  assert.equal(layout(call, 4), `f("${"x".repeat(50)}", [1, 2])`);
  assert.deepEqual([...render(dropTable("t")).operations], ["dropTable"]);
});

/** The remarks on what leads from the one to the other. */
function remarksBetween(from: readonly Operation[], to: readonly Operation[]) {
  const live = declare(from, dialects.postgresql.rules).schema;
  return operationsBetween({ live, declared: declare(to, dialects.postgresql.rules) })
    .flatMap(({ operation, remark }) => remark ? [`${operation.kind}: ${remark}`] : []);
}

Deno.test("an author is told where to look twice", () => {
  const columns = [column("a", integer), column("b", text)];
  assert.deepEqual(
    remarksBetween([createTable("old", { columns })], [createTable("new", { columns })]),
    [
      'dropTable: It looks as if "old" was renamed to "new". Its rows are lost unless this comes ' +
      'last, behind execute("INSERT INTO new SELECT … FROM old").',
    ],
  );
  assert.deepEqual(
    remarksBetween([createTable("t", { columns })], [
      createTable("t", {
        columns: [
          column("a", integer, { nullable: false }),
          column("c", text),
          column("d", integer, { nullable: false }),
        ],
      }),
    ]),
    [
      'addColumn: Rows that are there get the "fill" in "d": see whether it fits.',
      'alterColumn: Fails where "a" is NULL: such rows need a value first, see update().',
      'dropColumn: It looks as if "b" was renamed to "c". Its values are lost unless ' +
      'execute("UPDATE t SET c = b") comes first.',
    ],
  );
});

Deno.test("types and actions are written as declared, not as the server keeps them", () => {
  const to = [
    createTable("t", { columns: [column("a", longText), column("b", integer)] }),
    index("both", "t", ["b"], { unique: true }),
  ];
  for (const server of Object.values(dialects)) {
    const declared = declare(to, server.rules);
    const found = operationsBetween({ live: declare([], server.rules).schema, declared });
    assert.deepEqual(found.map(({ operation }) => operation), to, server.rules.dialect);
  }
});
