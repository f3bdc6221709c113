/** The record of a run: what was done, what failed, what was undone and what was not begun. */
import assert from "node:assert/strict";
import { recorder, upgrade } from "../../lib/engine/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { graph, upgradeTo } from "../tools/migrations.ts";

databaseTest("a run that ends well has every statement done", async (_, database) => {
  await using connection = await database.connect();
  const { onEvent, report } = recorder();
  await upgrade(connection, graph, "003", { onEvent });
  const { from, to, migrations } = report(true);
  assert.deepEqual([from, to], [[], ["003"]]);
  assert.deepEqual(migrations.map(({ revision, state }) => [revision, state]), [
    ["001", "done"],
    ["002", "done"],
    ["003", "done"],
  ]);
  const statements = migrations.flatMap((migration) => migration.statements);
  assert.ok(statements.every(({ state, seconds }) => state === "done" && seconds! >= 0));
});

databaseTest("a run that fails says where, and what is left of it", async (_, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "009");
  // In the way of the second of three.
  await connection.execute(raw("CREATE VIEW event_triggers_v2 AS SELECT 1 AS id"));
  const { onEvent, report } = recorder();
  await assert.rejects(upgrade(connection, graph, "013", { onEvent }));
  const states = report(false).migrations.map(({ revision, state }) => `${revision} ${state}`);
  assert.deepEqual(states, ["010 done", "011 done", "012 failed", "013 not begun"]);
  const failed = report(false).migrations[2]!;
  assert.equal(failed.statements[0]!.state, "failed");
});

databaseTest(
  "with one transaction for all, nothing of a failed run is done",
  async (_, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "009");
    await connection.execute(raw("CREATE VIEW event_triggers_v2 AS SELECT 1 AS id"));
    const { onEvent, report } = recorder();
    await assert.rejects(upgrade(connection, graph, "013", { onEvent, singleTransaction: true }));
    const states = report(false).migrations.map(({ state }) => state);
    assert.deepEqual(states, ["rolled back", "rolled back", "failed", "not begun"]);
  },
  { dialects: ["postgresql", "sqlite"] },
);
