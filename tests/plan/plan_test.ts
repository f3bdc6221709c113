/** A plan is a value: of equal situations it is equal, and nothing changes while it is made. */
import assert from "node:assert/strict";
import type { Server } from "../../lib/servers/server.ts";
import { dialects } from "../tools/dialects.ts";
import type { DialectName } from "../../lib/servers/database.ts";
import { readSituation } from "../../lib/engine/situation.ts";
import { actionsOf } from "../../lib/plan/actions.ts";
import { planDowngrade } from "../../lib/plan/downgrade.ts";
import { foldedSituation } from "../../lib/plan/fold.ts";
import { type Plan, revisionsOf } from "../../lib/plan/plan.ts";
import { planStamp } from "../../lib/plan/stamp.ts";
import { planUpgrade } from "../../lib/plan/upgrade.ts";
import { column, string } from "../../lib/operations/columns.ts";
import { addColumn, dropColumn } from "../../lib/operations/vocabulary.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import type { Revision } from "../../lib/revisions/graph/migration.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { questionMarks } from "../../lib/sql/statement.ts";
import { migrations } from "../../migrations/mod.ts";
import { databaseTest, DIALECTS } from "../tools/databases.ts";
import { graph, upgradeTo } from "../tools/migrations.ts";

const head = migrations.at(-1)!.id;

/** Runs a test for each dialect, without a server. */
function everywhere(name: string, fn: (server: Server, name: DialectName) => void): void {
  for (const dialect of DIALECTS) {
    Deno.test(`${name} (${dialect})`, () => fn(dialects[dialect], dialect));
  }
}

/** All that a plan does, as text. */
function textOf(plan: Plan): readonly string[] {
  return [...actionsOf(plan)].map((action) =>
    "statement" in action ? `${action.kind}: ${questionMarks(action.statement)}` : action.kind
  );
}

databaseTest(
  "nobody can tell an introspected situation from a folded one",
  async (_t, database) => {
    await using connection = await database.connect();
    const server = dialects[database.dialect];
    for (const revision of ["001", "012", "019", "026", "041"]) {
      await upgradeTo(connection, revision);
      const live = await readSituation(connection, () => true);
      const folded = foldedSituation(graph, [revision], server);
      assert.deepEqual(canonical(live.schema), canonical(folded.schema));
      const [online, offline] = [live, folded].map((one) =>
        planUpgrade(graph, "head", one, server)
      );
      assert.deepEqual(textOf(online!), textOf(offline!), `from ${revision}`);
    }
  },
);

everywhere("a plan goes from the situation to the target", (server) => {
  const plan = planUpgrade(graph, head, foldedSituation(graph, ["019"], server), server);
  assert.deepEqual([plan.kind, plan.from, plan.to], ["upgrade", ["019"], [head]]);
  const expected = migrations.map(({ id }) => id).filter((id) => id > "019");
  assert.deepEqual(revisionsOf(plan), expected);
  assert.deepEqual(plan.preparation, []);
  assert.ok(Object.isFrozen(plan));
});

everywhere("a plan for nothing does nothing", (server) => {
  const plan = planUpgrade(graph, head, foldedSituation(graph, [head], server), server);
  assert.deepEqual(textOf(plan), []);
});

everywhere("each step says what it does", (server) => {
  const { migrations } = planUpgrade(graph, head, foldedSituation(graph, [], server), server);
  const words = migrations.flatMap(({ steps }) => steps.map((step) => step.words));
  assert.ok(words.length > 80);
  assert.deepEqual(words.filter((one) => one === "" || one.includes("run SQL")), []);
  assert.ok(words.includes("executions_v2: add column description"));
});

everywhere("the version row is the last thing a migration does", (server) => {
  const plan = planUpgrade(graph, "+1", foldedSituation(graph, ["021"], server), server);
  const kinds = [...actionsOf(plan)].map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-3), ["row", "commit", "finish"]);
  assert.deepEqual(kinds.slice(0, 3), ["start", "begin", "execute"]);
});

everywhere("one transaction holds the whole run where the server can", (server) => {
  const situation = foldedSituation(graph, [], server);
  const plan = planUpgrade(graph, "003", situation, server, { singleTransaction: true });
  const kinds = [...actionsOf(plan)].map(({ kind }) => kind);
  const begins = kinds.filter((kind) => kind === "begin").length;
  assert.equal(begins, server.spelling.transactionalDdl ? 1 : 3);
  assert.equal(kinds[0], server.spelling.transactionalDdl ? "begin" : "prepare");
});

everywhere("a stamp changes rows alone", (server) => {
  const plan = planStamp(graph, "041", foldedSituation(graph, ["019"], server), server);
  assert.deepEqual([plan.from, plan.to], [["019"], ["041"]]);
  const statements = textOf(plan).filter((text) => text.includes(": "));
  assert.deepEqual(statements, [
    "row: UPDATE alembic_version SET version_num = ? WHERE version_num = ?",
  ]);
});

const OWN: Revision = {
  id: "own",
  down: head,
  message: "a column of our own",
  created: "2026-01-01T00:00:00Z",
  upgrade: [addColumn("workbooks_v2", column("site", string(9)))],
  downgrade: [dropColumn("workbooks_v2", "site")],
};

everywhere("the way back is planned like the way forward", (server) => {
  const own = revisionGraph<Revision>([...migrations, OWN]);
  const plan = planDowngrade(own, "-1", foldedSituation(own, ["own"], server), server);
  assert.deepEqual([plan.kind, plan.from, plan.to], ["downgrade", ["own"], [head]]);
  assert.deepEqual(plan.migrations.flatMap(({ steps }) => steps.map((step) => step.words)), [
    "workbooks_v2: drop column site",
  ]);
});
