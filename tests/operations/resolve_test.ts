/** What operations come to: conditions settled, names filled in, consequences drawn. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import {
  boolean,
  char,
  column,
  datetime,
  equals,
  integer,
  longText,
  string,
  text,
} from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { resolve, resolveAll } from "../../lib/operations/resolve.ts";
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
import type { Change } from "../../lib/schema/change.ts";
import { emptySchema, type SchemaState, tableOf } from "../../lib/schema/schema.ts";
import type { DialectName } from "../../lib/sql/dialect_name.ts";
import { DIALECTS } from "../tools/databases.ts";
import { folded, labelOf } from "../tools/operations.ts";

const id = column("id", integer, { nullable: false });

const BASE = [
  createTable("p", { columns: [id], primaryKey: ["id"] }),
  createTable("t", {
    columns: [id, column("a", string(9)), column("b", integer), column("ref", integer)],
    primaryKey: ["id"],
    uniques: [["a"], ["a", "b"]],
    indexes: { t_b: ["b"] },
    foreignKeys: [{ columns: ["ref"], refTable: "p", refColumns: ["id"] }],
  }),
];

const before = (dialect: DialectName): SchemaState => folded(BASE, dialects[dialect]);

const changesOf = (operation: Operation, dialect: DialectName): readonly Change[] =>
  resolve(operation, before(dialect), dialects[dialect].rules).map(({ change }) => change);

/** Kind, part and name of each change, such as `drop indexes t_b`. */
const summary = (changes: readonly Change[]): readonly string[] =>
  changes.map((change) => {
    const subject = "item" in change ? change.item : change;
    const isNamed = "name" in subject && !("item" in change && change.part === "columns");
    return `${labelOf(change)} ${isNamed ? subject.name : ""}`.trim();
  });

const everywhere = (name: string, test: (dialect: DialectName) => void) => {
  for (const dialect of DIALECTS) Deno.test(`${name} (${dialect})`, () => test(dialect));
};

/** The operation resolves to this on each database. */
function resolves(
  name: string,
  operation: Operation,
  expected: Readonly<Record<DialectName, readonly string[]>>,
): void {
  everywhere(name, (dialect) => {
    assert.deepEqual(summary(changesOf(operation, dialect)), expected[dialect]);
  });
}

const alike = (...changes: readonly string[]) => ({
  postgresql: changes,
  mysql: changes,
  sqlite: changes,
});

const onlyOn = (dialect: DialectName, ...changes: readonly string[]) => ({
  ...alike(),
  [dialect]: changes,
});

resolves("only one database", dropTable("t", { only: "mysql" }), onlyOn("mysql", "dropTable"));
resolves("only some databases", dropTable("t", { only: ["mysql", "sqlite"] }), {
  ...alike("dropTable"),
  postgresql: [],
});
resolves("no database at all", dropTable("t", { only: [] }), alike());

const table = { columns: [id] };
resolves(
  "a table if missing",
  createTable("new", table, { ifMissing: true }),
  alike("createTable"),
);
resolves("a table if missing that is there", createTable("t", table, { ifMissing: true }), alike());
resolves("a table if it exists", dropTable("t", { ifExists: true }), alike("dropTable"));
resolves("no table if it exists", dropTable("x", { ifExists: true }), alike());
resolves(
  "a column if missing",
  addColumn("t", column("c", text), { ifMissing: true }),
  alike("add columns"),
);
resolves(
  "a column if missing that is there",
  addColumn("t", column("a", text), { ifMissing: true }),
  alike(),
);
resolves("a unique constraint if it exists", dropUnique("t", ["a", "b"], { ifExists: true }), {
  postgresql: ["drop uniques t_a_b_key"],
  mysql: ["drop uniques a_2"],
  sqlite: ["drop uniques t_a_b_key"],
});
resolves("the order of columns counts", dropUnique("t", ["b", "a"], { ifExists: true }), alike());

resolves("an unnamed unique constraint", unique("t", ["a", "ref"]), {
  postgresql: ["add uniques t_a_ref_key"],
  mysql: ["add uniques a_3"],
  sqlite: ["add uniques t_a_ref_key"],
});
resolves(
  "a named unique constraint",
  unique("t", { name: "u", columns: ["b"] }),
  alike("add uniques u"),
);
resolves("a unique constraint that serves a foreign key", unique("t", ["ref", "a"]), {
  postgresql: ["add uniques t_ref_a_key"],
  mysql: ["add uniques ref", "drop indexes ref"],
  sqlite: ["add uniques t_ref_a_key"],
});
resolves("an index", index("i", "t", ["b"]), alike("add indexes i"));
resolves("a unique index", index("i", "t", ["b"], { unique: true }), {
  ...alike("add indexes i"),
  mysql: ["add uniques i"],
});
resolves("an index that serves a foreign key", index("i", "t", ["ref"]), {
  ...alike("add indexes i"),
  mysql: ["add indexes i", "drop indexes ref"],
});
resolves("an unnamed foreign key", foreignKey("t", ["ref"], "t", ["id"]), {
  postgresql: ["add foreignKeys t_ref_fkey1"],
  mysql: ["add foreignKeys t_ibfk_2"],
  sqlite: ["add foreignKeys t_ref_fkey1"],
});
resolves("a foreign key that needs an index", foreignKey("p", ["id"], "t", ["id"]), {
  postgresql: ["add foreignKeys p_id_fkey"],
  mysql: ["add foreignKeys p_ibfk_1"],
  sqlite: ["add foreignKeys p_id_fkey"],
});
resolves(
  "a named foreign key",
  foreignKey("t", ["a"], "p", ["id"], { name: "f" }),
  alike("add foreignKeys f"),
);

resolves("a column that keys have goes last", dropColumn("t", "b"), {
  postgresql: ["drop uniques t_a_b_key", "drop indexes t_b", "drop columns b"],
  mysql: ["drop uniques a_2", "drop indexes t_b", "drop columns b"],
  sqlite: ["drop uniques t_a_b_key", "drop indexes t_b", "drop columns b"],
});
resolves("a column that refers goes last", dropColumn("t", "ref"), {
  postgresql: ["drop foreignKeys t_ref_fkey", "drop columns ref"],
  mysql: ["drop foreignKeys t_ibfk_1", "drop indexes ref", "drop columns ref"],
  sqlite: ["drop foreignKeys t_ref_fkey", "drop columns ref"],
});
resolves(
  "a column of the primary key goes last",
  dropColumn("t", "id"),
  alike("dropPrimaryKey", "drop columns id"),
);
resolves("an index goes", dropIndex("t_b", "t"), alike("drop indexes t_b"));
resolves("a foreign key goes by its columns", dropForeignKey("t", ["ref"]), {
  postgresql: ["drop foreignKeys t_ref_fkey"],
  mysql: ["drop foreignKeys t_ibfk_1"],
  sqlite: ["drop foreignKeys t_ref_fkey"],
});
resolves("a primary key goes", dropPrimaryKey("t"), alike("dropPrimaryKey"));

everywhere("an alteration that alters nothing is none", (dialect) => {
  assert.deepEqual(
    changesOf(alterColumn("t", "a", { type: string(9), nullable: true }), dialect),
    [],
  );
});

everywhere("an alteration leaves alone what it does not name", (dialect) => {
  const [change] = changesOf(alterColumn("t", "a", { nullable: false }), dialect);
  const now = { name: "a", type: string(9), nullable: false, default: null, autoincrement: false };
  assert.deepEqual(change, { kind: "alter", table: "t", part: "columns", item: now });
});

everywhere("types are those that the server keeps", (dialect) => {
  const [change] = changesOf(addColumn("t", column("c", longText)), dialect) as [
    Change<"add", "columns">,
  ];
  assert.equal(change.item.type.kind, dialect === "mysql" ? "longText" : "text");
  const made = [string(5), char(5), integer, boolean, datetime, text].map((type) => {
    const [one] = changesOf(addColumn("t", column("c", type)), dialect) as [
      Change<"add", "columns">,
    ];
    return one.item.type.kind;
  });
  assert.deepEqual(made, ["string", "char", "integer", "boolean", "datetime", "text"]);
});

/** What a fill comes to: MySQL fills in zeros unasked, and SQLite when it rebuilds the table. */
const FILLED: Readonly<Record<DialectName, (fill: string) => readonly unknown[]>> = {
  postgresql: (fill) => [["add columns", { literal: fill }, null], ["alter columns", null]],
  mysql: (fill) =>
    fill === "" ? [["add columns", null, null]] : [["add columns", { literal: fill }, null], [
      "alter columns",
      null,
    ]],
  sqlite: (fill) => [["add columns", null, fill]],
};

everywhere("a fill comes through a default unless the server has another way", (dialect) => {
  for (const fill of ["", "x"]) {
    const added = addColumn("t", column("c", text, { nullable: false }), { fill });
    const changes = changesOf(added, dialect) as readonly Change<"add" | "alter", "columns">[];
    const found = changes.map((change) => [
      labelOf(change),
      change.item.default,
      ...("fill" in change ? [change.fill] : []),
    ]);
    assert.deepEqual(found, FILLED[dialect](fill));
  }
});

everywhere("rows and SQL go along as they are", (dialect) => {
  const where = [equals("a", "x")];
  assert.deepEqual(changesOf(update("t", { b: 1 }, { where }), dialect), [
    { kind: "updateRows", table: "t", set: { b: 1 }, where },
  ]);
  assert.deepEqual(changesOf(deleteRows("t", where), dialect), [
    { kind: "deleteRows", table: "t", where },
  ]);
  const texts = { postgresql: "postgresql", mysql: "mysql", sqlite: "sqlite" };
  assert.deepEqual(changesOf(execute(texts, { warning: "{count}" }), dialect), [
    {
      kind: "execute",
      sql: dialect,
      warning: "{count}",
      does: null,
      writes: null,
      reads: null,
      inBatches: false,
    },
  ]);
  const purpose = { does: "tidy up", writes: "t", reads: ["p"], inBatches: true } as const;
  assert.deepEqual(changesOf(execute(texts, purpose), dialect), [
    { kind: "execute", sql: dialect, warning: null, ...purpose },
  ]);
});

everywhere("a table's parts are named one after another", (dialect) => {
  const made = tableOf(before(dialect), "t");
  const names = made.uniques.map(({ name }) => name);
  assert.deepEqual(names, dialect === "mysql" ? ["a", "a_2"] : ["t_a_key", "t_a_b_key"]);
  const implicit = made.indexes.filter((one) => one.implicit).map(({ name }) => name);
  assert.deepEqual(implicit, dialect === "mysql" ? ["ref"] : []);
});

everywhere("a column of a primary key is never null", (dialect) => {
  const nullable = column("k", integer);
  const made = folded(
    [createTable("n", { columns: [nullable], primaryKey: ["k"] })],
    dialects[dialect],
  );
  assert.equal(tableOf(made, "n").columns[0]!.nullable, false);
});

everywhere("each operation is resolved on what the ones before it leave", (dialect) => {
  const operations = [
    dropTable("t"),
    createTable("t", { columns: [id, column("a", text)], primaryKey: ["id"] }),
    unique("t", ["a"]),
    dropUnique("t", ["a"]),
    unique("t", ["a"]),
  ];
  const kinds = resolveAll(operations, before(dialect), dialects[dialect].rules).map(({ change }) =>
    labelOf(change)
  );
  assert.deepEqual(kinds, [
    "dropTable",
    "createTable",
    "add uniques",
    "drop uniques",
    "add uniques",
  ]);
});

const REFUSED: Readonly<Record<string, Operation>> = {
  "a table that is there": createTable("t", { columns: [id] }),
  "a column that is there": addColumn("t", column("a", text)),
  "a column of a table that is not there": addColumn("x", column("a", text)),
  "dropping a table that is not there": dropTable("x"),
  "dropping a column that is not there": dropColumn("t", "x"),
  "altering a column that is not there": alterColumn("t", "x", { type: text }),
  "dropping a unique constraint that is not there": dropUnique("t", ["b"]),
  "dropping an index that is not there": dropIndex("x", "t"),
  "dropping a foreign key that is not there": dropForeignKey("t", ["b"]),
  "a second primary key": primaryKey("t", ["a"]),
  "a key on a column that is not there": unique("t", ["x"]),
};

for (const [what, operation] of Object.entries(REFUSED)) {
  everywhere(`refused: ${what}`, (dialect) => {
    assert.throws(() => resolveAll([operation], before(dialect), dialects[dialect].rules), {
      name: "Misfit",
      message: /^Cannot /,
    });
  });
}

Deno.test("an operation is frozen", () => {
  assert.throws(() => Object.assign(dropTable("t"), { table: "u" }), TypeError);
  assert.ok(Object.isFrozen(createTable("t", { columns: [] })));
});

everywhere("resolving changes nothing", (dialect) => {
  const schema = before(dialect);
  resolveAll([dropTable("t"), dropTable("p")], schema, dialects[dialect].rules);
  assert.deepEqual([...schema.tables.keys()], ["p", "t"]);
  assert.equal(emptySchema.tables.size, 0);
});
