/** One ALTER TABLE a table and migration on MySQL and MariaDB: each may copy the table. */
import assert from "node:assert/strict";
import { dialects } from "../../lib/dialects/mod.ts";
import { fold, stepsOf } from "../../lib/plan/fold.ts";
import { migrations } from "../../migrations/mod.ts";

const { mysql } = dialects;

/** The first words of the statements of a migration. */
function beginnings(id: string): readonly string[] {
  const position = migrations.findIndex((revision) => revision.id === id);
  const steps = stepsOf(
    migrations[position]!.upgrade,
    fold(migrations.slice(0, position), mysql),
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

Deno.test("no migration alters a table twice in a row", () => {
  for (const { id } of migrations) {
    const made = beginnings(id).filter((text) => text.startsWith("ALTER TABLE"));
    assert.deepEqual(made, [...new Set(made)], id);
  }
});

Deno.test("a step is one statement at most, so that a crash cannot stop inside of it", () => {
  for (const [position, revision] of migrations.entries()) {
    const before = fold(migrations.slice(0, position), mysql);
    for (const { statements } of stepsOf(revision.upgrade, before, mysql)) {
      assert.ok(statements.length <= 1, revision.id);
    }
  }
});
