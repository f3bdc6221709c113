import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import { declare } from "../../lib/operations/declare.ts";
import { column, integer, string, text } from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { createTable, foreignKey, index, unique } from "../../lib/operations/vocabulary.ts";
import { applyAll, labelOf } from "../tools/operations.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { describe, diff, transition } from "../../lib/schema/diff/mod.ts";
import type { SchemaState } from "../../lib/schema/schema.ts";
import { changedSchema, Chooser, randomSchema } from "../autogenerate/random_schema.ts";
import { operationsOf } from "../conformance/autogenerate_schema.ts";
import { randomFrom, seedOf } from "../tools/random.ts";

const SEED = seedOf("TEST_SEED");
const CASES = 300;

const postgresql = (...operations: readonly Operation[]) =>
  declare(operations, dialects.postgresql.rules);

/** A comparable form without what has no order and what servers make by themselves. */
function essence(schema: SchemaState): unknown {
  return canonical(schema).map((table) => ({
    ...table,
    columns: table.columns.toSorted((left, right) => left.name < right.name ? -1 : 1),
    primaryKey: table.primaryKey?.columns ?? null,
    indexes: [],
  }));
}

/** Explicit indexes by name; which of them are implicit depends on the way. */
const indexes = (schema: SchemaState) =>
  [...schema.tables.values()].flatMap((table) =>
    table.indexes.filter(({ implicit }) => !implicit).map(({ name }) => `${table.name}.${name}`)
  ).toSorted();

for (const server of Object.values(dialects)) {
  Deno.test(`there is no difference from the same (${server.rules.dialect})`, () => {
    for (let number = 0; number < CASES; number++) {
      const choose = new Chooser(randomFrom(SEED + number));
      const { schema } = declare(operationsOf(randomSchema(choose)), server.rules);
      assert.deepEqual(diff(schema, schema), [], `TEST_SEED=${SEED + number}`);
    }
  });

  Deno.test(`what is different, folded over the one, gives the other (${server.rules.dialect})`, () => {
    for (let number = 0; number < CASES; number++) {
      const choose = new Chooser(randomFrom(SEED + number));
      const before = randomSchema(choose);
      const from = declare(operationsOf(before), server.rules).schema;
      const to = declare(operationsOf(changedSchema(before, choose)), server.rules).schema;
      for (const changes of [diff(from, to), transition(from, to)]) {
        const folded = applyAll(from, changes);
        assert.deepEqual(essence(folded), essence(to), `TEST_SEED=${SEED + number}`);
        assert.deepEqual(indexes(folded), indexes(to), `TEST_SEED=${SEED + number}`);
        assert.deepEqual(diff(folded, to), [], `TEST_SEED=${SEED + number}`);
      }
    }
  });
}

const plain = { columns: [column("id", integer, { nullable: false })], primaryKey: ["id"] };

Deno.test("neither the order of columns nor that of keys is a difference", () => {
  const columns = [column("a", integer), column("b", text)];
  const from = postgresql(
    createTable("t", { columns, uniques: [["a"], ["b"]] }),
    index("one", "t", ["a"]),
    index("two", "t", ["b"]),
  );
  const to = postgresql(
    createTable("t", { columns: columns.toReversed(), uniques: [["b"], ["a"]] }),
    index("two", "t", ["b"]),
    index("one", "t", ["a"]),
  );
  assert.deepEqual(diff(from.schema, to.schema), []);
});

Deno.test("a name that nobody gave may be any; one that somebody gave is a difference", () => {
  const table = createTable("t", { columns: [column("a", integer)] });
  const named = postgresql(table, unique("t", { name: "mine", columns: ["a"] }));
  const unnamed = postgresql(table, unique("t", ["a"]));
  assert.deepEqual(diff(named.schema, unnamed.schema, unnamed.anyName), []);
  assert.deepEqual(diff(unnamed.schema, named.schema, named.anyName).map(labelOf), [
    "drop uniques",
    "add uniques",
  ]);
});

Deno.test("of two unnamed constraints on the same columns each one counts", () => {
  const table = createTable("t", { columns: [column("a", integer)] });
  const once = postgresql(table, unique("t", ["a"]));
  const twice = postgresql(table, unique("t", ["a"]), unique("t", ["a"]));
  assert.deepEqual(diff(once.schema, twice.schema, twice.anyName).length, 1);
  assert.deepEqual(diff(twice.schema, once.schema, once.anyName).length, 1);
});

Deno.test("tables that refer to each other are created and dropped all the same", () => {
  const other = (name: string, ref: string) =>
    foreignKey(name, ["id"], ref, ["id"], { name: `${name}_${ref}` });
  const { schema } = postgresql(
    createTable("a", plain),
    createTable("b", plain),
    createTable("c", plain),
    other("a", "b"),
    other("b", "a"),
    other("c", "b"),
  );
  const empty = postgresql().schema;
  assert.deepEqual(diff(empty, schema).map(labelOf), [
    "createTable",
    "createTable",
    "createTable",
    "add foreignKeys",
  ]);
  assert.deepEqual(
    diff(schema, empty).map((change) => `${labelOf(change)} ${change.table}`),
    ["drop foreignKeys a", "dropTable c", "dropTable b", "dropTable a"],
  );
});

Deno.test("a foreign key that stays is lifted where the key that it refers to goes", () => {
  const parent = (name: string) =>
    createTable("p", { columns: plain.columns, uniques: [{ name, columns: ["id"] }] });
  const child = [createTable("c", plain), foreignKey("c", ["id"], "p", ["id"])];
  const from = postgresql(parent("old"), ...child);
  const to = postgresql(parent("new"), ...child);
  const kinds = ["drop uniques", "add uniques"];
  assert.deepEqual(diff(from.schema, to.schema).map(labelOf), kinds);
  assert.deepEqual(transition(from.schema, to.schema).map(labelOf), [
    "drop foreignKeys",
    ...kinds,
    "add foreignKeys",
  ]);
});

Deno.test("a foreign key that stays is lifted where its columns get another type", () => {
  const tables = (length: number) => {
    const id = { columns: [column("id", string(length), { nullable: false })], primaryKey: ["id"] };
    return postgresql(
      createTable("p", id),
      createTable("c", id),
      foreignKey("c", ["id"], "p", ["id"]),
    ).schema;
  };
  assert.deepEqual(transition(tables(10), tables(20)).map(labelOf), [
    "drop foreignKeys",
    "alter columns",
    "alter columns",
    "add foreignKeys",
  ]);
});

Deno.test("a new column that may not be null brings a value for the rows that are there", () => {
  const { schema: from } = postgresql(createTable("t", plain));
  const added = [
    column("a", string(9), { nullable: false }),
    column("b", integer, { nullable: false }),
    column("c", integer, { nullable: false, default: 7 }),
    column("d", integer),
  ];
  const columns = [...plain.columns, ...added];
  const { schema: to } = postgresql(createTable("t", { ...plain, columns }));
  const fills = diff(from, to).map((change) => "fill" in change && change.fill);
  assert.deepEqual(fills, ["", 0, null, null]);
});

Deno.test("differences are told in words", () => {
  const { schema: from } = postgresql(
    createTable("t", { columns: [column("a", integer, { nullable: false, default: 3 })] }),
    index("gone", "t", ["a"], { unique: true }),
    createTable("u", plain),
  );
  const { schema: to } = postgresql(
    createTable("t", { columns: [column("a", string(9))], primaryKey: ["a"] }),
    createTable("v", plain),
    foreignKey("v", ["id"], "v", ["id"], { onDelete: "CASCADE", name: "own" }),
  );
  assert.deepEqual(diff(from, to).map((change) => describe(change, from)), [
    'table "u" should not be there',
    'index "gone" (a) of table "t" should not be there',
    'table "v" is missing',
    'column "a" of table "t" is integer instead of string(9), has the default 3 instead of no default',
    'the primary key (a) of table "t" is missing',
  ]);
  assert.deepEqual(diff(to, from).map((change) => describe(change, to)).slice(0, 1), [
    'table "v" should not be there',
  ]);
});
