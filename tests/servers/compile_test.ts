/**
 * How each kind of change is spelled, literally, in `tests/fixtures/dialects/`; and that a server
 * makes of it what we know of it. `deno task fixtures` writes the files anew, to be read before they
 * are committed.
 */
import assert from "node:assert/strict";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import { dialects } from "../tools/dialects.ts";
import type { Database } from "../../lib/servers/database.ts";
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
import type { Operation } from "../../lib/operations/operation.ts";
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
import { canonical } from "../../lib/schema/compare.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest, DIALECTS } from "../tools/databases.ts";
import { fixture, renew } from "../tools/fixtures.ts";
import { folded, make, spelled } from "../tools/operations.ts";
import { liveSchema } from "../tools/migrations.ts";

const id = column("id", integer, { nullable: false });

/** Two tables, one that refers to the other. */
const BASE: readonly Operation[] = [
  createTable("parent", { columns: [id], primaryKey: ["id"] }),
  createTable("t", {
    columns: [
      id,
      column("a", string(10)),
      column("b", integer, { default: 7 }),
      column("c", string(5), { nullable: false, default: "x" }),
      column("ref", integer),
    ],
    primaryKey: ["id"],
    uniques: [["a"], { name: "named", columns: ["a", "b"] }],
    indexes: { t_b: ["b"] },
    foreignKeys: [{
      columns: ["ref"],
      refTable: "parent",
      refColumns: ["id"],
      onDelete: "CASCADE",
    }],
  }),
];

const ROWS = [
  "INSERT INTO parent (id) VALUES (1)",
  "INSERT INTO t (id, a, ref) VALUES (1, 'é', 1)",
];

const ODD = `O"d\`d 'näme`;

/** What is spelled, by the name that it has in the files. */
const CASES: Readonly<Record<string, readonly Operation[]>> = {
  "create a table with columns of all types": [
    createTable("all_types", {
      columns: [
        column("s", string(255)),
        column("ch", char(64)),
        column("t", text),
        column("m", mediumText),
        column("l", longText),
        column("i", integer, { nullable: false }),
        column("b", boolean),
        column("d", datetime),
      ],
    }),
  ],
  "create a table with defaults": [
    createTable("defaults", {
      columns: [
        column("s", string(20), { default: "it's" }),
        column("slash", string(20), { default: "a\\bé" }),
        column("line", string(20), { default: "a\nb" }),
        column("digits", string(20), { default: "5" }),
        column("i", integer, { default: -1 }),
        column("b", boolean, { nullable: false, default: false }),
        column("now", datetime, { default: { sql: "CURRENT_TIMESTAMP" } }),
      ],
    }),
  ],
  "create a table with keys": [
    createTable("keys", {
      columns: [id, column("a", string(5)), column("p", integer), column("q", integer)],
      primaryKey: ["id", "a"],
      uniques: [["a"], ["a", "p"], { name: "mine", columns: ["p", "a"] }],
      indexes: { keys_a: ["a"] },
      foreignKeys: [
        { columns: ["p"], refTable: "parent", refColumns: ["id"] },
        {
          name: "chosen",
          columns: ["q"],
          refTable: "parent",
          refColumns: ["id"],
          onDelete: "SET NULL",
          onUpdate: "CASCADE",
        },
      ],
    }),
  ],
  "create a table that numbers its rows": [
    createTable("numbered", {
      columns: [column("n", integer, { nullable: false, autoincrement: true })],
      primaryKey: ["n"],
    }),
  ],
  "drop a table": [dropTable("t")],
  "add a column": [addColumn("t", column("new", text))],
  "add a column with a default": [
    addColumn("t", column("new", string(9), { nullable: false, default: "a" })),
  ],
  "add a column, filled": [
    addColumn("t", column("new", boolean, { nullable: false }), { fill: false }),
  ],
  "add a column, filled with a text": [
    addColumn("t", column("new", string(9), { nullable: false }), { fill: "o'c" }),
  ],
  "add a nullable column, filled": [addColumn("t", column("new", integer), { fill: 0 })],
  "add a filled column with another default": [
    addColumn("t", column("new", integer, { nullable: false, default: 2 }), { fill: 3 }),
  ],
  "drop a column": [dropColumn("t", "c")],
  "drop a column that keys and indexes have": [dropColumn("t", "b")],
  "drop a column that refers": [dropColumn("t", "ref")],
  "drop a column of the primary key": [dropColumn("t", "id")],
  "change a type": [dropUnique("t", ["a"]), alterColumn("t", "c", { type: text, default: null })],
  "change a length": [alterColumn("t", "a", { type: string(50) })],
  "change whether it may be null": [
    alterColumn("t", "c", { nullable: true }),
    alterColumn("t", "b", { nullable: false }),
  ],
  "change a default": [
    alterColumn("t", "b", { default: { literal: 8 } }),
    alterColumn("t", "c", { default: null }),
  ],
  "change a column twice": [
    alterColumn("t", "a", { type: string(20) }),
    alterColumn("t", "a", { nullable: false }),
  ],
  "add and change a column": [
    addColumn("t", column("new", string(5))),
    alterColumn("t", "new", { type: string(6) }),
    unique("t", ["new"]),
  ],
  "change and drop a column": [alterColumn("t", "c", { type: string(6) }), dropColumn("t", "c")],
  "drop a column and add another of that name": [
    dropColumn("t", "c"),
    addColumn("t", column("c", integer)),
  ],
  "add a unique constraint": [unique("t", ["c"])],
  "add a unique constraint with a name": [unique("t", { name: "chosen", columns: ["c", "b"] })],
  "replace a unique constraint": [dropUnique("t", ["a"]), unique("t", ["a", "c"])],
  "add an index": [index("t_c", "t", ["c", "b"])],
  "add a unique index": [index("t_c", "t", ["c"], { unique: true })],
  "drop an index": [dropIndex("t_b", "t")],
  "add a foreign key": [
    update("t", { b: 1 }),
    foreignKey("t", ["b"], "parent", ["id"], { onUpdate: "CASCADE" }),
  ],
  "add a foreign key with a name": [
    addColumn("t", column("other", integer)),
    foreignKey("t", ["other"], "parent", ["id"], { name: "chosen", onDelete: "SET NULL" }),
  ],
  "add two foreign keys": [
    addColumn("t", column("p", integer)),
    addColumn("t", column("q", integer)),
    foreignKey("t", ["p"], "parent", ["id"]),
    foreignKey("t", ["q"], "parent", ["id"], { onUpdate: "CASCADE" }),
  ],
  "drop a foreign key": [dropForeignKey("t", ["ref"])],
  "drop a foreign key and its index": [dropForeignKey("t", ["ref"]), dropColumn("t", "ref")],
  "replace a foreign key": [
    dropForeignKey("t", ["ref"]),
    foreignKey("t", ["ref"], "parent", ["id"], { onDelete: "SET NULL" }),
  ],
  "index what a foreign key has an index for": [index("t_ref", "t", ["ref", "a"])],
  "replace the primary key": [dropPrimaryKey("t"), primaryKey("t", ["id", "c"])],
  "put a column that may be null into the primary key": [
    dropPrimaryKey("t"),
    primaryKey("t", ["id", "b"]),
  ],
  "refer to itself": [
    addColumn("t", column("self", integer)),
    foreignKey("t", ["self"], "t", ["id"], { onDelete: "CASCADE" }),
  ],
  "update all rows": [update("t", { a: "o'c", b: 1 })],
  "update some rows": [
    update("t", { a: null }, {
      where: [isNull("ref"), isNotNull("b"), isNotEmpty("a"), equals("c", "x")],
    }),
  ],
  "delete rows": [deleteRows("t", [isNotEmpty("a")])],
  "run SQL": [execute("UPDATE t\nSET b = b + 1")],
  "change two tables in turn": [
    addColumn("t", column("n1", integer)),
    addColumn("t", column("n2", integer)),
    addColumn("parent", column("n1", integer)),
    addColumn("t", column("n3", integer)),
    update("t", { n3: 1 }),
    addColumn("t", column("n4", integer)),
  ],
  "odd names": [
    createTable(ODD, {
      columns: [id, column(`Co"l\`u 'mn`, string(5), { default: "d" }), column("SELECT", integer)],
      primaryKey: ["id"],
      uniques: [{ name: `U"n\`iq`, columns: [`Co"l\`u 'mn`] }],
      indexes: { [`I"n\`dex`]: ["SELECT"] },
    }),
    alterColumn(ODD, `Co"l\`u 'mn`, { type: string(6) }),
    addColumn(ODD, column("Group", integer)),
    foreignKey(ODD, ["SELECT"], "parent", ["id"], { name: `F"o\`r` }),
    dropUnique(ODD, [`Co"l\`u 'mn`]),
    update(ODD, { SELECT: 1 }, { where: [equals("Group", 2)] }),
  ],
};

for (const dialect of DIALECTS) {
  Deno.test(`every change is spelled as the file says (${dialect})`, async () => {
    const before = folded(BASE, dialects[dialect]);
    const found = Object.entries(CASES).map(([name, operations]) => {
      const statements = spelled(operations, dialects[dialect], before);
      return `-- ${name}\n${statements.map((statement) => `${statement};\n`).join("")}`;
    }).join("\n");
    const path = `dialects/${dialect}.sql`;
    await renew(path, found);
    assert.equal(found, await fixture(path));
  });
}

async function emptied(connection: Database): Promise<void> {
  const names = await tableNames(connection);
  const quote = connection.server.rules.dialect === "mysql" ? "`" : '"';
  const off = { postgresql: "", mysql: "SET foreign_key_checks = 0", sqlite: "" };
  const on = { postgresql: "", mysql: "SET foreign_key_checks = 1", sqlite: "" };
  const cascade = connection.server.rules.dialect === "postgresql" ? " CASCADE" : "";
  if (off[connection.server.rules.dialect]) {
    await connection.execute(raw(off[connection.server.rules.dialect]));
  }
  for (const name of names) {
    const quoted = quote + name.replaceAll(quote, quote + quote) + quote;
    await connection.execute(raw(`DROP TABLE ${quoted}${cascade}`));
  }
  if (on[connection.server.rules.dialect]) {
    await connection.execute(raw(on[connection.server.rules.dialect]));
  }
}

databaseTest("servers make of it what the fold says", async (t, database) => {
  await using connection = await database.connect();
  for (const [name, operations] of Object.entries(CASES)) {
    await t.step(name, async () => {
      await emptied(connection);
      const before = await make(connection, BASE);
      for (const row of ROWS) await connection.execute(raw(row));
      const after = await make(connection, operations, before);
      assert.deepEqual(await liveSchema(connection), canonical(after));
    });
  }
});
