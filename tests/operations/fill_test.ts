/** Which updates become the fill of a new column. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import {
  column,
  equals,
  isEmpty,
  isNotEmpty,
  isNull,
  string,
} from "../../lib/operations/columns.ts";
import { withFills, withUpdates } from "../../lib/operations/fill.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { addColumn, execute, unique, update } from "../../lib/operations/vocabulary.ts";

const { postgresql: IN_CATALOG, sqlite: BY_UPDATE } = dialects;

const a = addColumn("t", column("a", string(10)));
const b = addColumn("t", column("b", string(10)));

const filled = (name: "a" | "b", value: string) =>
  addColumn("t", column(name, string(10)), { fill: value });

const same = (what: string, operations: readonly Operation[]) =>
  Deno.test(`stays an update: ${what}`, () => {
    assert.deepEqual(withFills(operations, IN_CATALOG.rules), operations);
  });

Deno.test("an update of all rows becomes the column's fill", () => {
  assert.deepEqual(withFills([a, update("t", { a: "x" })], IN_CATALOG.rules), [filled("a", "x")]);
  assert.deepEqual(withFills([a, update("t", { a: "x" })], BY_UPDATE.rules), [filled("a", "x")]);
});

Deno.test("all rows of a new column are NULL", () => {
  const where = [isNull("a")];
  assert.deepEqual(withFills([a, update("t", { a: "x" }, { where })], IN_CATALOG.rules), [
    filled("a", "x"),
  ]);
});

Deno.test("several columns are filled, and the update keeps the others", () => {
  const operations = [a, b, update("t", { a: "x", c: 1, b: "y" })];
  assert.deepEqual(withFills(operations, IN_CATALOG.rules), [
    filled("a", "x"),
    filled("b", "y"),
    update("t", { c: 1 }),
  ]);
});

Deno.test("an update of most rows becomes a fill and an update of the others", () => {
  const operations = [a, update("t", { a: "x" }, { where: [isNotEmpty("c")] })];
  const others = update("t", { a: null }, { where: [isEmpty("c")] });
  assert.deepEqual(withFills(operations, IN_CATALOG.rules), [filled("a", "x"), others]);
  assert.deepEqual(withFills(operations, BY_UPDATE.rules), operations);
});

Deno.test("with updates, a column that a run has filled is emptied in the other rows", () => {
  const operations = [a, update("t", { a: "x" }, { where: [isNotEmpty("c")] })];
  const others = update("t", { a: null }, { where: [isEmpty("c")] });
  assert.deepEqual(withUpdates(operations, IN_CATALOG.rules), [...operations, others]);
});

Deno.test("keys and other tables may come between", () => {
  const between = [unique("t", ["a", "b"]), update("other", { a: "z" }), update("t", { c: 1 })];
  assert.deepEqual(withFills([a, ...between, update("t", { a: "x" })], IN_CATALOG.rules), [
    filled("a", "x"),
    ...between,
  ]);
});

Deno.test("operations for other databases are left out", () => {
  const other = update("t", { a: "x" }, { only: "mysql" });
  assert.deepEqual(withFills([a, other], IN_CATALOG.rules), [a]);
});

same("of a few rows", [a, update("t", { a: "x" }, { where: [equals("c", 1)] })]);
same("of rows without a value", [a, update("t", { a: "x" }, { where: [isNull("c")] })]);
same("after SQL that may read the column", [a, execute("SELECT 1"), update("t", { a: "x" })]);
same("to NULL", [a, update("t", { a: null })]);
same("of a column that may be there already", [
  addColumn("t", column("a", string(10)), { ifMissing: true }),
  update("t", { a: "x" }),
]);
same("of a column with a default", [
  addColumn("t", column("a", string(10), { default: "d" })),
  update("t", { a: "x" }),
]);
same("that comes after another update of the column", [
  a,
  update("t", { a: "y" }, { where: [equals("c", 1)] }),
  update("t", { a: "x" }, { where: [isNull("a")] }),
]);
same("of a column that was there before", [update("t", { a: "x" })]);
