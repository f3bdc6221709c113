/** What every verb has in common. */
import assert from "node:assert/strict";
import { currentVersions, readSituation, run, upgrade, work } from "../../lib/engine/mod.ts";
import { adopt, adoption } from "../../lib/engine/verbs/adopt.ts";
import { downgradeTo } from "../../lib/engine/verbs/downgrade.ts";
import { stamp, stampAs } from "../../lib/engine/verbs/stamp.ts";
import { upgradeTo as upgradeVerb } from "../../lib/engine/verbs/upgrade.ts";
import { recorder } from "../../lib/engine/account/report.ts";
import { populate, registration } from "../../lib/seeds/mod.ts";
import { planUpgrade } from "../../lib/plan/upgrade.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { graph, head, upgradeTo } from "../tools/migrations.ts";
import { sessionWith } from "../tools/sessions.ts";

databaseTest("a verb that finds nothing to do takes no lock", async (t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  await populate(connection, graph);
  await using other = await database.connect();
  await using _held = await other.server.locks.lock(other, { timeoutSeconds: 0 });
  const verbs = {
    upgrade: upgradeVerb(graph, "head"),
    downgrade: downgradeTo(graph, head),
    stamp: stampAs(graph, "head", { verify: "refuse" }),
    adopt: adoption(graph, {}),
    populate: registration(graph, {}),
  };
  for (const [name, verb] of Object.entries(verbs)) {
    await t.step(name, async () => {
      // deno-lint-ignore no-explicit-any -- each verb asks something else
      const { plan } = await work<any>(connection, verb as any, { lockTimeoutSeconds: 0 });
      assert.deepEqual([plan.kind, plan.migrations], [name, []]);
    });
  }
});

databaseTest("a stamp that verifies sees what the run before it has made", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "003");
  await using other = await database.connect();
  const lock = await other.server.locks.lock(other, { timeoutSeconds: 0 });
  const waiting = Promise.withResolvers<void>();
  const stamped = stamp(connection, graph, "004", {
    verify: "refuse",
    onEvent: ({ kind }) => kind === "waiting" && waiting.resolve(),
  });
  await Promise.race([waiting.promise, stamped]);
  // The other run makes it 004 while this one waits.
  await run(
    planUpgrade(graph, "004", await readSituation(other), other.server),
    other,
  );
  await lock[Symbol.asyncDispose]();
  assert.deepEqual(await stamped, { from: ["004"], to: ["004"] });
  const refused = stamp(connection, graph, "003", { verify: "refuse" });
  await assert.rejects(
    refused,
    /^OperatorError: The schema does not match 003: 1 difference; nothing/,
  );
  assert.deepEqual(await currentVersions(connection), ["004"]);
});

databaseTest("a report of an adoption tells what was done", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "007");
  for (const table of ["delayed_calls_v2", "alembic_version"]) {
    await connection.execute(raw(`DROP TABLE ${table}`));
  }
  const { onEvent, report } = recorder();
  await adopt(connection, graph, { onEvent });
  const { migrations } = report(true);
  assert.deepEqual(migrations.map(({ revision, state }) => [revision, state]), [["007", "done"]]);
  const states = migrations.flatMap(({ statements }) => statements.map(({ state }) => state));
  assert.ok(states.length > 0);
  assert.deepEqual(new Set(states), new Set(["done"]));
});

databaseTest("populate gives way to a row that somebody else has changed", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  await populate(connection, graph);
  await connection.execute(raw("UPDATE workflow_definitions_v2 SET checksum = 'other'"));
  await using other = await database.connect();
  let meddled = false;
  const watched = sessionWith(connection, {
    execute: async (statement) => {
      // Between the question for the rows and the transaction that changes them.
      if (!meddled && /^BEGIN/.test(statement.parts[0]!)) {
        meddled = true;
        await other.execute(raw("DELETE FROM workflow_definitions_v2"));
      }
      return await connection.execute(statement);
    },
  });
  await assert.rejects(populate(watched, graph), /another program has changed that row/);
  await populate(connection, graph);
  assert.deepEqual((await populate(connection, graph, { dryRun: true })).changes, []);
});

databaseTest("a plan that is reported is the plan that runs", async (_t, database) => {
  await using connection = await database.connect();
  const author = { runId: "r", user: "root@controller", program: "test" };
  const plans: unknown[] = [];
  await upgrade(connection, graph, "002", {
    author,
    onEvent: (event) => event.kind === "planned" && plans.push(event.plan),
  });
  assert.equal(plans.length, 1);
  assert.match(JSON.stringify(plans), /INSERT INTO .*started_at/);
});
