/** What stands in one ALTER TABLE on MySQL and MariaDB: each may copy the table. */
import assert from "node:assert/strict";
import type { Step } from "../../lib/servers/step.ts";
import type { Facts } from "../../lib/servers/effect.ts";
import { alteration } from "../../lib/servers/mysql/effects.ts";
import { tableOfChange } from "../../lib/schema/change.ts";
import { dialects } from "../tools/dialects.ts";
import { fold, stepsOf } from "../../lib/plan/fold.ts";
import { migrations } from "../../migrations/mod.ts";

const { mysql } = dialects;

/** The first words of the statements of a migration. */
function beginnings(id: string): readonly string[] {
  const position = migrations.findIndex((revision) => revision.id === id);
  const steps = stepsOf(
    migrations[position]!.upgrade,
    fold(migrations.slice(0, position), mysql.rules),
    mysql,
  );
  return steps.flatMap(({ statements }) => statements)
    .map(({ parts }) => /^[A-Z ]+`\w+`/.exec(parts[0]!)?.[0] ?? parts[0]!.slice(0, 20));
}

Deno.test("six columns of one table are altered by one statement", () => {
  assert.deepEqual(beginnings("005"), ["ALTER TABLE `executions_v2`"]);
});

Deno.test("every table is altered once", () => {
  assert.deepEqual(beginnings("013"), [
    "CREATE TABLE `action_executions_v2`",
    "CREATE TABLE `workflow_executions_v2`",
    "CREATE TABLE `task_executions_v2`",
    "ALTER TABLE `action_executions_v2`",
    "ALTER TABLE `workflow_executions_v2`",
    "ALTER TABLE `workbooks_v2`",
    "ALTER TABLE `workflow_definitions_v2`",
    "ALTER TABLE `action_definitions_v2`",
    "ALTER TABLE `cron_triggers_v2`",
  ]);
  assert.deepEqual(beginnings("014"), [
    "ALTER TABLE `cron_triggers_v2`",
    "ALTER TABLE `event_triggers_v2`",
    "ALTER TABLE `resource_members_v2`",
  ]);
});

const FACTS: Facts = {
  version: { product: "MariaDB", version: [10, 11, 0] },
  tables: new Map(),
  cluster: false,
};

/** The steps of every migration that write all rows of a table anew. */
function rewrites(): readonly { readonly id: string; readonly step: Step }[] {
  return migrations.flatMap((revision, position) => {
    const before = fold(migrations.slice(0, position), mysql.rules);
    return stepsOf(revision.upgrade, before, mysql)
      .filter((step) => ["rebuild", "copy"].includes(alteration(step, FACTS)?.cost ?? ""))
      .map((step) => ({ id: revision.id, step }));
  });
}

Deno.test("a migration writes no table anew twice", () => {
  const tables = rewrites().map(({ id, step }) =>
    `${id} ${tableOfChange(step.changes[0]!.change)}`
  );
  assert.ok(tables.length > 5);
  assert.deepEqual(tables, [...new Set(tables)]);
});

Deno.test("no table is written anew only since columns and keys stand in one statement", () => {
  for (const { id, step } of rewrites()) {
    const alone = step.changes.map((applied) =>
      alteration({ ...step, changes: [applied] }, FACTS)?.cost ?? ""
    );
    assert.ok(alone.some((cost) => ["rebuild", "copy"].includes(cost)), id);
  }
});

Deno.test("a step is one statement at most, so that a crash cannot stop inside of it", () => {
  for (const [position, revision] of migrations.entries()) {
    const before = fold(migrations.slice(0, position), mysql.rules);
    for (const { statements } of stepsOf(revision.upgrade, before, mysql)) {
      assert.ok(statements.length <= 1, revision.id);
    }
  }
});
