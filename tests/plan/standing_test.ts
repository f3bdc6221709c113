/** Where databases stand, by their rows and tables. */
import assert from "node:assert/strict";
import { type Standing, standingOf, troubleWith } from "../../lib/plan/state/standing.ts";
import { graph, head } from "../tools/migrations.ts";

const OURS = ["alembic_version", "workflow_definitions_v2", "workbooks_v2"];
const THEIRS = ["alembic_version", "instances"];

const CASES: readonly (readonly [Standing, rows: readonly string[], tables: readonly string[]])[] =
  [
    ["empty", [], []],
    ["empty", [], ["alembic_version"]],
    ["foreign", [], ["instances"]],
    ["foreign", ["ae1027a6acf"], THEIRS],
    ["unstamped", [], OURS],
    ["known", [head], OURS],
    // Only stamped, which is for the migrations to find out.
    ["known", ["019"], ["alembic_version"]],
    ["newer", ["999"], OURS],
    ["newer", ["999"], ["alembic_version"]],
    ["newer", [head, "999"], OURS],
  ];

for (const [standing, rows, tables] of CASES) {
  Deno.test(`${standing}: at ${rows.join(", ") || "nothing"}, with ${tables.join(", ") || "no table"}`, () => {
    assert.equal(standingOf(graph, rows, tables), standing);
  });
}

Deno.test("a database that is newer is told what this program knows", () => {
  const { because } = troubleWith("newer", graph, ["999"]);
  assert.match(
    because,
    new RegExp(`^The database is at 999, but this program only knows 001 to ${head}:`),
  );
});
