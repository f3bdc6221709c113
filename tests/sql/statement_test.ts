/** Statements: text and values stay apart, however they are put together. */
import assert from "node:assert/strict";
import { join, raw, sql } from "../../lib/sql/statement.ts";

Deno.test("values are kept apart from the text", () => {
  const bytes = new Uint8Array([1]);
  assert.deepEqual(sql`a ${1} b ${"x'"} c ${null} d ${true} e ${bytes} f ${9n}`, {
    parts: ["a ", " b ", " c ", " d ", " e ", " f ", ""],
    values: [1, "x'", null, true, bytes, 9n],
  });
});

Deno.test("a text without values is one part", () => {
  assert.deepEqual(sql`SELECT 1`, { parts: ["SELECT 1"], values: [] });
  assert.deepEqual(raw("SELECT '?'"), { parts: ["SELECT '?'"], values: [] });
});

Deno.test("nested statements are spliced in at any depth, values in order", () => {
  const inner = sql`${1} + ${2}`;
  const middle = sql`(${inner}) * ${raw("n")}`;
  assert.deepEqual(sql`${0}, ${middle}, ${3}`, {
    parts: ["", ", (", " + ", ") * n, ", ""],
    values: [0, 1, 2, 3],
  });
});

Deno.test("two nested statements side by side", () => {
  assert.deepEqual(sql`${sql`a${1}`}${sql`${2}b`}`, { parts: ["a", "", "b"], values: [1, 2] });
});

Deno.test("a nested statement stays as it is", () => {
  const inner = Object.freeze({ parts: Object.freeze(["a", "b"]), values: Object.freeze([1]) });
  sql`x${inner}y`;
  assert.deepEqual(inner, { parts: ["a", "b"], values: [1] });
});

Deno.test("join puts the separator between", () => {
  assert.deepEqual(join([]), raw(""));
  assert.deepEqual(join([sql`a = ${1}`]), sql`a = ${1}`);
  assert.deepEqual(join([sql`a = ${1}`, raw("b"), sql`c = ${2}`], " AND "), {
    parts: ["a = ", " AND b AND c = ", ""],
    values: [1, 2],
  });
});

Deno.test("parts are always one more than values", () => {
  const all = [raw(""), sql``, sql`${1}`, sql`${raw("")}`, join([sql`${1}`, sql`${2}`])];
  for (const { parts, values } of all) assert.equal(parts.length, values.length + 1);
});
