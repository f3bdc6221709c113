/** What a plan is said to do: sizes, times, risks, and when services must stop. */
import assert from "node:assert/strict";
import type { Facts, TableFacts } from "../../lib/servers/effect.ts";
import { dialects } from "../tools/dialects.ts";
import { explain } from "../../lib/engine/mod.ts";
import { planOfflineUpgrade } from "../../lib/plan/offline.ts";
import type { PlanOptions } from "../../lib/plan/plan.ts";
import { graph } from "../tools/migrations.ts";

const BIG: TableFacts = { rows: 1_000_000, bytes: 3e9, characterBytes: 3 };

function factsOf(tables: Readonly<Record<string, TableFacts>>, cluster = false): Facts {
  const server = { product: "MariaDB", version: [10, 11, 0] } as const;
  return { version: server, tables: new Map(Object.entries(tables)), cluster };
}

const POSTGRESQL = { product: "PostgreSQL", version: [15, 0, 0] } as const;

function explained(
  range: string,
  dialect: "mysql" | "postgresql",
  facts: Facts,
  options: PlanOptions = {},
) {
  const plan = planOfflineUpgrade(graph, range, dialects[dialect], options);
  const version = dialect === "postgresql" ? POSTGRESQL : facts.version;
  return explain(plan, dialects[dialect], { ...facts, version });
}

Deno.test("a copy of a big table blocks writes for long, and its bytes are counted", () => {
  const facts = factsOf({ workflow_executions_v2: BIG });
  const { migrations: [only], totals } = explained("040:041", "mysql", facts);
  const [statement] = only!.statements;
  assert.deepEqual(statement!.effects, [{
    table: "workflow_executions_v2",
    lock: "ALGORITHM=COPY, LOCK=SHARED",
    blocks: "writes",
    method: "copy",
    rows: 1_000_000,
    bytes: 3e9,
    seconds: 100,
  }]);
  assert.equal(statement!.risk, "high");
  assert.equal(totals.bytesCopied, 3e9);
  assert.equal(totals.longestBlock?.seconds, 100);
});

Deno.test("the risk rises with the table", () => {
  const risks = [0, 1e6, 1e8, 1e10].map((bytes) => {
    const facts = factsOf({ workflow_executions_v2: { ...BIG, rows: bytes / 1000, bytes } });
    return explained("040:041", "mysql", facts).migrations[0]!.statements[0]!.risk;
  });
  assert.deepEqual(risks, ["low", "low", "medium", "high"]);
});

Deno.test("what is not known is not counted as nothing", () => {
  const { migrations: [only], totals } = explained("040:041", "mysql", factsOf({}));
  assert.equal(only!.statements[0]!.risk, "unknown");
  assert.equal(totals.bytesCopied, null);
  assert.equal(totals.longestBlock!.seconds, null);
});

Deno.test("a table that the run makes itself blocks nobody", () => {
  const { totals } = explained("base:012", "mysql", factsOf({}));
  assert.equal(totals.longestBlock, null);
  assert.deepEqual(totals.stopServices, []);
});

Deno.test("where a transaction keeps its locks, a block lasts to its end", () => {
  const facts = factsOf({
    ...{ workflow_definitions_v2: BIG, workflow_executions_v2: BIG },
    ...{ task_executions_v2: BIG, action_executions_v2: BIG },
  });
  const [postgresql, mysql] = (["postgresql", "mysql"] as const).map((dialect) =>
    explained("021:022", dialect, facts).totals
  );
  assert.equal(postgresql!.rowsWritten, 1_000_000);
  // The first ALTER TABLE waits for the index of 20 s and the update of 40 s to be committed.
  assert.equal(postgresql!.longestBlock!.seconds, 60);
  assert.equal(mysql!.longestBlock, null);
});

Deno.test("in a single transaction, every block lasts to the end of the run", () => {
  const names = [
    ...["task_executions_v2", "action_executions_v2", "workflow_executions_v2", "named_locks"],
    ...["workflow_definitions_v2", "workbooks_v2", "action_definitions_v2", "delayed_calls_v2"],
  ];
  const facts = factsOf(Object.fromEntries(names.map((name) => [name, BIG])));
  const [each, whole] = [false, true].map((singleTransaction) =>
    explained("019:045", "postgresql", facts, { singleTransaction })
  );
  const all = each!.migrations.flatMap(({ statements }) => statements)
    .flatMap(({ effects }) => effects).reduce((total, { seconds }) => total + seconds!, 0);
  assert.equal(each!.totals.longestBlock!.seconds, 80);
  // The first statement of the run blocks a table already.
  assert.equal(whole!.totals.longestBlock!.revision, "020");
  assert.equal(whole!.totals.longestBlock!.seconds, all);
  assert.deepEqual([each!.singleTransaction, whole!.singleTransaction], [false, true]);
});

Deno.test("services must stop where they would write what a migration has just repaired", () => {
  const { migrations } = explained("base:head", "postgresql", factsOf({}));
  assert.ok(migrations.every(({ stopServices }) => stopServices.length === 0));
  const later = explained("019:head", "postgresql", factsOf({}));
  assert.deepEqual(later.totals.stopServices, ["020", "022"]);
  const [first] = later.migrations;
  assert.deepEqual(first!.stopServices, ["new rows would lack task_executions_v2.type"]);
});

Deno.test("what is not instant stalls a whole Galera cluster, and so it is said", () => {
  const stalls = (cluster: boolean) => {
    const facts = factsOf({ task_executions_v2: BIG }, cluster);
    return explained("022:024", "mysql", facts).migrations
      .flatMap(({ statements }) => statements).map(({ stallsCluster }) => stallsCluster);
  };
  assert.deepEqual(stalls(true), [false, true]);
  assert.deepEqual(stalls(false), [false, false]);
});
