/** The fold's step: what it makes, what it refuses, and that it leaves alone what it was given. */
import assert from "node:assert/strict";
import { column, integer, string, text } from "../../lib/operations/columns.ts";
import { apply } from "../../lib/schema/apply.ts";
import type { Change, ChangeKind } from "../../lib/schema/change.ts";
import { schemaOf, type SchemaState, type Table } from "../../lib/schema/schema.ts";
import { applyAll } from "../tools/operations.ts";

/** Freezes a value with all that it holds; of a Map also the ways to change it. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map) {
    const refuse = () => assert.fail("a frozen Map was changed");
    Object.assign(value, { set: refuse, delete: refuse, clear: refuse });
    value.forEach(deepFreeze);
  }
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

const TABLE: Table = {
  name: "t",
  columns: [column("id", integer, { nullable: false }), column("a", string(10))],
  primaryKey: { name: "t_pkey", columns: ["id"] },
  uniques: [{ name: "u", columns: ["a"] }],
  indexes: [{ name: "i", columns: ["a"], unique: false, implicit: false }],
  foreignKeys: [{
    name: "f",
    columns: ["a"],
    refTable: "t",
    refColumns: ["id"],
    onDelete: "CASCADE",
    onUpdate: "NO ACTION",
  }],
  madeAgainInRebuild: [],
  lostInRebuild: [],
};

const BARE: Table = {
  ...TABLE,
  name: "bare",
  primaryKey: null,
  uniques: [],
  indexes: [],
  foreignKeys: [],
};

const schema = (): SchemaState => schemaOf([structuredClone(TABLE), structuredClone(BARE)]);

const key = { columns: ["id"] };
const reference = { refTable: "t", refColumns: ["id"], onDelete: "SET NULL", onUpdate: "CASCADE" };

/** One change of every kind, and what it leaves of the table. */
const CHANGES: { readonly [K in ChangeKind]: [Change<K>, (after: SchemaState) => unknown] } = {
  createTable: [
    { kind: "createTable", table: { ...TABLE, name: "new" } },
    (after) => [...after.tables.keys()].join() === "t,bare,new",
  ],
  dropTable: [{ kind: "dropTable", table: "t" }, (after) => !after.tables.has("t")],
  addColumn: [
    { kind: "addColumn", table: "t", column: column("b", text), fill: "x" },
    (after) => after.tables.get("t")!.columns.map(({ name }) => name).join() === "id,a,b",
  ],
  dropColumn: [
    { kind: "dropColumn", table: "t", name: "a" },
    (after) => after.tables.get("t")!.columns.map(({ name }) => name).join() === "id",
  ],
  alterColumn: [
    { kind: "alterColumn", table: "t", column: column("id", text) },
    (after) => after.tables.get("t")!.columns[0]!.type.kind === "text",
  ],
  addPrimaryKey: [
    { kind: "addPrimaryKey", table: "bare", primaryKey: { name: "p", columns: ["id"] } },
    (after) => after.tables.get("bare")!.primaryKey!.name === "p",
  ],
  dropPrimaryKey: [
    { kind: "dropPrimaryKey", table: "t" },
    (after) => after.tables.get("t")!.primaryKey === null,
  ],
  addUnique: [
    { kind: "addUnique", table: "t", unique: { name: "u2", ...key } },
    (after) => after.tables.get("t")!.uniques.map(({ name }) => name).join() === "u,u2",
  ],
  dropUnique: [
    { kind: "dropUnique", table: "t", name: "u" },
    (after) => after.tables.get("t")!.uniques.length === 0,
  ],
  addIndex: [
    {
      kind: "addIndex",
      table: "t",
      index: { name: "i2", ...key, unique: true, implicit: false },
    },
    (after) => after.tables.get("t")!.indexes.map(({ name }) => name).join() === "i,i2",
  ],
  dropIndex: [
    { kind: "dropIndex", table: "t", name: "i" },
    (after) => after.tables.get("t")!.indexes.length === 0,
  ],
  addForeignKey: [
    {
      kind: "addForeignKey",
      table: "t",
      foreignKey: { name: "f2", ...key, ...reference } as Table["foreignKeys"][number],
    },
    (after) => after.tables.get("t")!.foreignKeys.map(({ name }) => name).join() === "f,f2",
  ],
  dropForeignKey: [
    { kind: "dropForeignKey", table: "t", name: "f" },
    (after) => after.tables.get("t")!.foreignKeys.length === 0,
  ],
  updateRows: [
    { kind: "updateRows", table: "t", set: { a: "x" }, where: [] },
    (after) => after.tables.size === 2,
  ],
  deleteRows: [{ kind: "deleteRows", table: "t", where: [] }, (after) => after.tables.size === 2],
  execute: [
    { kind: "execute", sql: "SELECT 1", warning: null, does: null, writes: null, inBatches: false },
    (after) => after.tables.size,
  ],
};

for (const [kind, [change, holds]] of Object.entries(CHANGES)) {
  Deno.test(`${kind} makes a new schema and leaves the old one as it was`, () => {
    const before = deepFreeze(schema());
    const after = apply(before, deepFreeze(structuredClone(change) as Change));
    assert.ok(holds(after));
    assert.deepEqual([...before.tables], [...schema().tables]);
  });
}

const NOT_FITTING: Readonly<Record<string, Change>> = {
  "a table that is there": { kind: "createTable", table: TABLE },
  "a table that is not there": { kind: "dropTable", table: "x" },
  "a column that is there": {
    kind: "addColumn",
    table: "t",
    column: column("a", text),
    fill: null,
  },
  "a column of a table that is not there": {
    kind: "addColumn",
    table: "x",
    column: column("a", text),
    fill: null,
  },
  "dropping a column that is not there": { kind: "dropColumn", table: "t", name: "x" },
  "altering a column that is not there": {
    kind: "alterColumn",
    table: "t",
    column: column("x", text),
  },
  "a second primary key": {
    kind: "addPrimaryKey",
    table: "t",
    primaryKey: { name: "p", columns: ["a"] },
  },
  "a primary key on a column that is not there": {
    kind: "addPrimaryKey",
    table: "bare",
    primaryKey: { name: "p", columns: ["x"] },
  },
  "dropping a primary key that is not there": { kind: "dropPrimaryKey", table: "bare" },
  "a unique constraint that is there": {
    kind: "addUnique",
    table: "t",
    unique: { name: "u", columns: ["id"] },
  },
  "a unique constraint on a column that is not there": {
    kind: "addUnique",
    table: "t",
    unique: { name: "u2", columns: ["id", "x"] },
  },
  "dropping a unique constraint that is not there": { kind: "dropUnique", table: "t", name: "x" },
  "an index that is there": {
    kind: "addIndex",
    table: "t",
    index: { name: "i", columns: ["id"], unique: false, implicit: false },
  },
  "an index on a column that is not there": {
    kind: "addIndex",
    table: "t",
    index: { name: "i2", columns: ["x"], unique: false, implicit: false },
  },
  "dropping an index that is not there": { kind: "dropIndex", table: "t", name: "x" },
  "a foreign key that is there": {
    kind: "addForeignKey",
    table: "t",
    foreignKey: TABLE.foreignKeys[0]!,
  },
  "a foreign key of a column that is not there": {
    kind: "addForeignKey",
    table: "t",
    foreignKey: { ...TABLE.foreignKeys[0]!, name: "f2", columns: ["x"] },
  },
  "dropping a foreign key that is not there": { kind: "dropForeignKey", table: "t", name: "x" },
};

for (const [what, change] of Object.entries(NOT_FITTING)) {
  Deno.test(`refused: ${what}`, () => {
    assert.throws(() => apply(schema(), change), { name: "OperatorError", message: /^Cannot / });
  });
}

Deno.test("changes are applied in their order", () => {
  const changes: Change[] = [
    { kind: "addColumn", table: "t", column: column("b", text), fill: null },
    {
      kind: "addIndex",
      table: "t",
      index: { name: "b", columns: ["b"], unique: false, implicit: false },
    },
    { kind: "dropIndex", table: "t", name: "b" },
    { kind: "dropColumn", table: "t", name: "b" },
  ];
  assert.deepEqual([...applyAll(schema(), changes).tables], [...schema().tables]);
  assert.throws(() => applyAll(schema(), changes.toReversed()));
});
