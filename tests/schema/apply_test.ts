/** The fold's step: what it makes, what it refuses, and that it leaves alone what it was given. */
import assert from "node:assert/strict";
import { column, integer, string, text } from "../../lib/operations/columns.ts";
import { apply } from "../../lib/schema/apply.ts";
import { adding, type Change, type ChangeKind, dropping } from "../../lib/schema/change.ts";
import { type Part, type PartMap, PARTS } from "../../lib/schema/part.ts";
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

type Case<C> = readonly [C, (after: SchemaState) => unknown];

/** One change of every kind and every part, and what it leaves of the table. */
const CHANGES: {
  readonly [K in Exclude<ChangeKind, "add" | "alter" | "drop">]: Case<Change<K>>;
} = {
  createTable: [
    { kind: "createTable", table: { ...TABLE, name: "new" } },
    (after) => [...after.tables.keys()].join() === "t,bare,new",
  ],
  dropTable: [{ kind: "dropTable", table: "t" }, (after) => !after.tables.has("t")],
  addPrimaryKey: [
    { kind: "addPrimaryKey", table: "bare", primaryKey: { name: "p", columns: ["id"] } },
    (after) => after.tables.get("bare")!.primaryKey!.name === "p",
  ],
  dropPrimaryKey: [
    { kind: "dropPrimaryKey", table: "t" },
    (after) => after.tables.get("t")!.primaryKey === null,
  ],
  updateRows: [
    { kind: "updateRows", table: "t", set: { a: "x" }, where: [] },
    (after) => after.tables.size === 2,
  ],
  deleteRows: [{ kind: "deleteRows", table: "t", where: [] }, (after) => after.tables.size === 2],
  execute: [
    {
      ...{ kind: "execute", sql: "SELECT 1", warning: null, does: null, writes: null, reads: null },
      inBatches: false,
    },
    (after) => after.tables.size,
  ],
};

const NEW: { readonly [P in Part]: PartMap[P] } = {
  columns: column("b", text),
  uniques: { name: "b", columns: ["id"] },
  indexes: { name: "b", columns: ["id"], unique: true, implicit: false },
  foreignKeys: { ...TABLE.foreignKeys[0]!, name: "b", columns: ["id"] },
};

const namesOf = (schema: SchemaState, part: Part) =>
  schema.tables.get("t")![part].map(({ name }) => name);

const OF_PARTS: Readonly<Record<string, Case<Change>>> = {
  alter: [
    { kind: "alter", table: "t", part: "columns", item: column("id", text) },
    (after) => after.tables.get("t")!.columns[0]!.type.kind === "text",
  ],
  ...Object.fromEntries(PARTS.flatMap((part): [string, Case<Change>][] => {
    const there = TABLE[part].map(({ name }) => name);
    return [
      [`add ${part}`, [
        adding("t", part, NEW[part]),
        (after) => namesOf(after, part).join() === [...there, "b"].join(),
      ]],
      [`drop ${part}`, [
        dropping("t", part, { name: there.at(-1)! }),
        (after) => namesOf(after, part).join() === there.slice(0, -1).join(),
      ]],
    ];
  })),
};

for (const [kind, [change, holds]] of Object.entries({ ...CHANGES, ...OF_PARTS })) {
  Deno.test(`${kind} makes a new schema and leaves the old one as it was`, () => {
    const before = deepFreeze(schema());
    const after = apply(before, deepFreeze(structuredClone(change) as Change));
    assert.ok(holds(after));
    assert.deepEqual([...before.tables], [...schema().tables]);
  });
}

const index = { unique: false, implicit: false };

const NOT_FITTING: Readonly<Record<string, Change>> = {
  "a table that is there": { kind: "createTable", table: TABLE },
  "a table that is not there": { kind: "dropTable", table: "x" },
  "a column that is there": adding("t", "columns", column("a", text)),
  "a column of a table that is not there": adding("x", "columns", column("a", text)),
  "dropping a column that is not there": dropping("t", "columns", { name: "x" }),
  "altering a column that is not there": {
    ...{ kind: "alter", table: "t", part: "columns", item: column("x", text) },
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
  "a unique constraint that is there": adding("t", "uniques", { name: "u", columns: ["id"] }),
  "a unique constraint on a column that is not there": adding(
    "t",
    "uniques",
    { name: "u2", columns: ["id", "x"] },
  ),
  "dropping a unique constraint that is not there": dropping("t", "uniques", { name: "x" }),
  "an index that is there": adding("t", "indexes", { name: "i", columns: ["id"], ...index }),
  "an index on a column that is not there": adding(
    "t",
    "indexes",
    { name: "i2", columns: ["x"], ...index },
  ),
  "dropping an index that is not there": dropping("t", "indexes", { name: "x" }),
  "a foreign key that is there": adding("t", "foreignKeys", TABLE.foreignKeys[0]!),
  "a foreign key of a column that is not there": adding(
    "t",
    "foreignKeys",
    { ...TABLE.foreignKeys[0]!, name: "f2", columns: ["x"] },
  ),
  "dropping a foreign key that is not there": dropping("t", "foreignKeys", { name: "x" }),
};

for (const [what, change] of Object.entries(NOT_FITTING)) {
  Deno.test(`refused: ${what}`, () => {
    assert.throws(() => apply(schema(), change), { name: "Misfit", message: /^Cannot / });
  });
}

Deno.test("changes are applied in their order", () => {
  const changes = [
    adding("t", "columns", column("b", text)),
    adding("t", "indexes", { name: "b", columns: ["b"], ...index }),
    dropping("t", "indexes", { name: "b" }),
    dropping("t", "columns", { name: "b" }),
  ];
  assert.deepEqual([...applyAll(schema(), changes).tables], [...schema().tables]);
  assert.throws(() => applyAll(schema(), changes.toReversed()));
});
