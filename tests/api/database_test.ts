/** The library as its users have it: a database, and what is done with it. */
import assert from "node:assert/strict";
import {
  addColumn,
  column,
  dropColumn,
  migrations,
  open,
  planOffline,
  readSiteRevisions,
  type Revision,
  type RunEvent,
  text,
} from "../../mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";

const HEAD = migrations.at(-1)!.id;

const own: Revision = {
  id: "site001",
  down: HEAD,
  message: "note who called",
  created: "2026-11-25T03:00:00Z",
  upgrade: [addColumn("workflow_executions_v2", column("note", text))],
  downgrade: [dropColumn("workflow_executions_v2", "note")],
};

databaseTest(
  "a database is planned, upgraded to a release, verified and populated",
  async (_t, { url }) => {
    await using database = await open(url);
    assert.deepEqual(await database.current(), []);
    const plan = await database.plan("zed");
    assert.deepEqual([plan.from, plan.to, plan.revisions.length], [[], ["041"], 41]);
    assert.equal(plan.explanation.migrations.length, 1);
    assert.match(plan.script({ generator: "a test" }), /^-- a test: upgrade from base/);
    const steps = await database.plan("zed", { stepByStep: true });
    assert.equal(steps.explanation.migrations.length, 41);

    const events: RunEvent["kind"][] = [];
    const result = await database.upgrade("zed", { onEvent: ({ kind }) => events.push(kind) });
    assert.deepEqual(result, { from: [], to: ["041"], revisions: plan.revisions });
    assert.ok(events.includes("creating") && events.includes("applied"), events.join());
    assert.deepEqual(await database.current(), ["041"]);
    assert.deepEqual(await database.verify(), {
      ...{ revisions: ["041"], findings: [], repairs: [], unfinished: null },
    });
    assert.ok((await database.populate({ dryRun: true })).changes.length > 0);
    assert.ok((await database.populate()).changes.length > 0);
    assert.deepEqual((await database.populate()).changes, []);
    await assert.rejects(database.check(), { name: "ExplainedError" });
    await database.upgrade("head");
    assert.deepEqual(await database.check(), []);
  },
);

databaseTest("a site's own revision is applied, journaled and reverted", async (_t, { url }) => {
  await using database = await open(url, { revisions: [...migrations, own] });
  await database.upgrade(HEAD);
  assert.equal(await database.journal(), null);
  const author = { runId: crypto.randomUUID(), user: "root@controller-1", program: "a test" };
  assert.deepEqual((await database.upgrade("head", { author })).revisions, ["site001"]);
  const journal = await database.journal();
  assert.deepEqual(journal!.map(({ revision, systemUser }) => [revision, systemUser]), [
    ["site001", "root@controller-1"],
  ]);
  assert.deepEqual((await database.downgrade("-1")).revisions, ["site001"]);
  assert.deepEqual(await database.current(), [HEAD]);
});

databaseTest(
  "a schema that differs is stamped with a warning, and adopted",
  async (_t, test) => {
    await using database = await open(test.url, { ignore: ["spare"] });
    await database.upgrade("045");
    {
      await using session = await test.connect();
      await session.execute(raw("CREATE TABLE spare (id INTEGER)"));
      await session.execute(raw("ALTER TABLE workflow_definitions_v2 DROP COLUMN checksum"));
      await session.execute(raw("DELETE FROM alembic_version"));
    }
    const warnings: string[] = [];
    const onEvent = (event: RunEvent) => {
      if (event.kind === "warning") warnings.push(event.message);
    };
    await assert.rejects(database.stamp("045", { verify: "refuse" }), { name: "OperatorError" });
    assert.deepEqual(await database.stamp("045", { verify: "warn", onEvent }), {
      ...{ from: [], to: ["045"], revisions: [] },
    });
    assert.deepEqual(warnings, [
      'The schema does not match 045: 1 difference; "verify" shows them',
    ]);
    const { findings, repairs } = await database.verify();
    assert.deepEqual(findings.map(({ verdict, table, fatal }) => ({ verdict, table, fatal })), [
      { verdict: "missing", table: "workflow_definitions_v2", fatal: true },
    ]);
    assert.match(repairs.join("\n"), /^ALTER TABLE \S+\s+ADD COLUMN \W?checksum/);
    const adopted = await database.adopt({ revision: "045" });
    assert.deepEqual(adopted, { revisions: ["045"], findings, repairs });
    assert.deepEqual((await database.verify()).findings, []);
  },
);

Deno.test("an upgrade is planned for a server that is not there", async () => {
  const options = { revisions: [...migrations, own] };
  const plan = await planOffline("mysql", `${HEAD}:head`, options);
  assert.deepEqual([plan.from, plan.to, plan.revisions], [[HEAD], ["site001"], ["site001"]]);
  assert.match(plan.script({ guard: false }), /ALTER TABLE `workflow_executions_v2`/);
  await assert.rejects(planOffline("oracle", "head"), { name: "OperatorError" });
});

const SOURCE = `import { addColumn, column, text } from "mistral-db-manage";
export default {
  id: "site001",
  down: "${HEAD}",
  message: "note who called",
  created: "2026-11-25T03:00:00Z",
  upgrade: [addColumn("workflow_executions_v2", column("note", text))],
};
`;

Deno.test("a site's revisions are read, and may not have the id of an embedded one", async () => {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  const file = `${directory}/site001.ts`;
  try {
    await Deno.writeTextFile(file, SOURCE);
    const [read] = await readSiteRevisions(directory);
    assert.deepEqual([read!.id, read!.upgrade], [own.id, own.upgrade]);
    await Deno.writeTextFile(file, SOURCE.replace("site001", HEAD));
    await assert.rejects(readSiteRevisions(directory), /revision "045" is in this program already/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
