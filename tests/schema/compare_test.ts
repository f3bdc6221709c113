/** When two schemas are the same to the eye of the server. */
import assert from "node:assert/strict";
import { column, integer, text } from "../../lib/operations/columns.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { type Index, schemaOf, type Table } from "../../lib/schema/schema.ts";

const index = (name: string, implicit = false): Index => ({
  name,
  columns: ["a"],
  unique: false,
  implicit,
});

const table = (name: string, parts: Partial<Table> = {}): Table => ({
  name,
  columns: [column("a", integer), column("b", text)],
  primaryKey: null,
  uniques: [],
  indexes: [],
  foreignKeys: [],
  ...parts,
});

const same = (left: readonly Table[], right: readonly Table[]) =>
  assert.deepEqual(canonical(schemaOf(left)), canonical(schemaOf(right)));

const differ = (left: Table, right: Table) =>
  assert.notDeepEqual(canonical(schemaOf([left])), canonical(schemaOf([right])));

Deno.test("tables, constraints and indexes have no order", () => {
  const key = (name: string) => ({ name, columns: ["a"] });
  const action = { refTable: "u", refColumns: ["a"], onDelete: "CASCADE", onUpdate: "CASCADE" };
  const reference = (name: string) => ({ ...key(name), ...action }) as Table["foreignKeys"][number];
  const one = table("t", {
    uniques: [key("u1"), key("u2")],
    indexes: [index("i1"), index("i2")],
    foreignKeys: [reference("f1"), reference("f2")],
  });
  const other = table("t", {
    uniques: one.uniques.toReversed(),
    indexes: one.indexes.toReversed(),
    foreignKeys: one.foreignKeys.toReversed(),
  });
  same([one, table("u")], [table("u"), other]);
});

Deno.test("what the server does not tell makes no difference", () => {
  same([table("t", { indexes: [index("i", true)] })], [table("t", { indexes: [index("i")] })]);
});

Deno.test("columns have an order, and so have those of a key", () => {
  const { columns } = table("t");
  differ(table("t"), table("t", { columns: columns.toReversed() }));
  differ(
    table("t", { primaryKey: { name: "p", columns: ["a", "b"] } }),
    table("t", { primaryKey: { name: "p", columns: ["b", "a"] } }),
  );
});

Deno.test("every part of a table makes a difference", () => {
  const [a, b] = table("t").columns as [Table["columns"][number], Table["columns"][number]];
  const others: Partial<Table>[] = [
    { columns: [{ ...a, nullable: false }, b] },
    { columns: [{ ...a, type: text }, b] },
    { columns: [{ ...a, default: { literal: 1 } }, b] },
    { columns: [{ ...a, autoincrement: true }, b] },
    { primaryKey: { name: "p", columns: ["a"] } },
    { uniques: [{ name: "u", columns: ["a"] }] },
    { indexes: [index("i")] },
    { madeAgainInRebuild: ["CREATE TRIGGER …"] },
  ];
  for (const parts of others) differ(table("t"), table("t", parts));
});
