/** Statements on one table name its schema, and nothing else of the same name. */
import assert from "node:assert/strict";
import { qualified } from "../../../lib/servers/postgresql/wire/search_path.ts";
import { ofTable, raw } from "../../../lib/sql/statement.ts";

/** Statements, with the name of their table and what is sent. */
const CASES: readonly (readonly [statement: string, table: string, sent: string])[] = [
  ["UPDATE colour\nSET a = 1", "colour", 'UPDATE "s".colour\nSET a = 1'],
  ['DELETE FROM "colour"', '"colour"', 'DELETE FROM "s"."colour"'],
  [
    "INSERT INTO colour (colour) VALUES (1)",
    "colour",
    'INSERT INTO "s".colour (colour) VALUES (1)',
  ],
  ["UPDATE colour\nSET colour = 1", "colour", 'UPDATE "s".colour\nSET colour = 1'],
  ["SELECT colour.id FROM colour", "colour", 'SELECT colour.id FROM "s".colour'],
  ["SELECT a FROM colours", "colour", "SELECT a FROM colours"],
];

for (const [statement, table, sent] of CASES) {
  Deno.test(`the schema in ${statement.replaceAll("\n", " ")}`, () => {
    assert.deepEqual(qualified(ofTable(table, raw(statement)), "s").parts, [sent]);
  });
}
