/** Many processes at once on one database: `CROWD` says how many (8 unless given). */
import assert from "node:assert/strict";
import { currentVersions } from "../../lib/engine/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest, type TestDatabase } from "../tools/databases.ts";
import { foldedSchema, head, liveSchema, upgradeTo } from "../tools/migrations.ts";
import { type Outcome, outcomeOf, place } from "../tools/program.ts";
import { killed } from "../tools/processes.ts";
import { loadSampleRows } from "../tools/sample_rows.ts";

const CROWD = Number(Deno.env.get("CROWD") ?? 8);

/** So many processes, with the commands in turn; all of them succeed. */
async function atOnce(
  { url }: TestDatabase,
  commands: readonly string[],
): Promise<readonly Outcome[]> {
  await using here = await place();
  const outcomes = await Promise.all(Array.from({ length: CROWD }, async (_, number) => {
    const command = commands[number % commands.length]!;
    const process = here.start(`mistral-db-manage --connection '${url}' ${command}`);
    return outcomeOf(await process.output());
  }));
  for (const { exit, stdout, stderr } of outcomes) assert.equal(exit, 0, stdout + stderr);
  return outcomes;
}

databaseTest("of many upgrades and populates, one upgrade does the work", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  await loadSampleRows(connection);
  const outcomes = await atOnce(database, ["upgrade head", "upgrade head", "populate"]);
  const applying = outcomes.filter(({ stderr }) => stderr.includes("Running upgrade"));
  assert.equal(applying.length, 1);
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  // Another project of the sample rows has a std.echo of its own, which stays.
  const doubles = raw(`SELECT name FROM action_definitions_v2 WHERE name LIKE 'std.%'
GROUP BY name, project_id HAVING COUNT(*) > 1`);
  assert.deepEqual(await connection.query(doubles), []);
});

databaseTest("of many stamps on an empty database, all are right", async (_t, database) => {
  await atOnce(database, ["stamp head"]);
  await using connection = await database.connect();
  assert.deepEqual(await currentVersions(connection), [head]);
});

databaseTest("the lock of a killed process is gone at once", async (_t, database) => {
  assert.ok(await killed("every revision from nothing", database, 40));
  const outcomes = await atOnce(database, ["upgrade head --lock-timeout 20"]);
  assert.equal(outcomes.filter(({ stderr }) => stderr.includes("Running upgrade")).length, 1);
  await using connection = await database.connect();
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
});
