/**
 * Brings the database of OpenStack Mistral from one release to the next: the library behind the
 * program `mistral-db-manage`. It prints nothing and never ends the process.
 *
 * @example Bring a SQLite database to the newest revision
 * ```ts
 * import { connect, currentVersions, migrations, revisionGraph, upgrade } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const graph = revisionGraph(migrations);
 * await using connection = await connect("sqlite://");
 * const { applied } = await upgrade(connection, graph, "head");
 * assert.equal(applied.length, migrations.length);
 * assert.deepEqual(await currentVersions(connection), [migrations.at(-1)!.id]);
 * ```
 *
 * @example Follow what happens, and stop it
 * ```ts
 * import { connect, type EngineEvent, migrations, revisionGraph, upgrade } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const stop = new AbortController();
 * await using connection = await connect("sqlite://");
 * const onEvent = (event: EngineEvent) => {
 *   if (event.kind === "applied" && event.revision === "003") stop.abort();
 * };
 * const run = upgrade(connection, revisionGraph(migrations), "head", {
 *   onEvent,
 *   signal: stop.signal,
 * });
 * await assert.rejects(run, { name: "AbortError" });
 * ```
 *
 * @example Write a script for the database's own client
 * ```ts
 * import { loadServer, migrations, revisionGraph, upgradeScript } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const graph = revisionGraph(migrations);
 * const postgresql = await loadServer("postgresql");
 * const script = upgradeScript(graph, "044:045", postgresql, { generator: "example" });
 * assert.match(script.join(""), /CREATE INDEX "scheduled_jobs_v2_key"/);
 * ```
 *
 * @example Look at what an upgrade would do, and do just that
 * ```ts
 * import { connect, explain, migrations, planUpgrade, readSituation, revisionGraph, run } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * await using connection = await connect("sqlite://");
 * const { server } = connection;
 * const situation = await readSituation(connection);
 * const plan = planUpgrade(revisionGraph(migrations), "head", situation, server);
 * const { totals } = explain(plan, server, await server.catalog.readFacts(connection));
 * assert.equal(totals.longestBlock, null);
 * await run(plan, connection);
 * ```
 *
 * @module
 */
export {
  ConnectionError,
  DatabaseError,
  ExplainedError,
  type Failure,
  OperatorError,
  RefusedError,
  UsageError,
} from "./lib/errors.ts";
export { connect, type OpenOptions } from "./lib/servers/connecting/connect.ts";
export type { Database } from "./lib/servers/database.ts";
export type { Lock, LockHolder, LockOptions } from "./lib/servers/locks.ts";
export type { ScriptStart } from "./lib/servers/script.ts";
export type { Server as Dialect } from "./lib/servers/server.ts";
export type { NewTableRules } from "./lib/servers/spelling.ts";
export type { Batches, Step } from "./lib/servers/step.ts";
export type { Transaction, Transactions } from "./lib/servers/sql/transactions.ts";
export type { JournalSpelling } from "./lib/servers/sql/journal.ts";
export type { LockWaits } from "./lib/servers/locking/lock_waits.ts";
export type { Observation } from "./lib/servers/locking/observation.ts";
export type {
  Blocks,
  Effect,
  Facts,
  Method,
  ServerVersion as Server,
  TableFacts,
} from "./lib/servers/effect.ts";
export { loadServer } from "./lib/servers/drivers.ts";
export * from "./lib/engine/mod.ts";
export * from "./lib/operations/columns.ts";
export type * from "./lib/operations/operation.ts";
export type { RemarkedOperation } from "./lib/operations/remarks.ts";
export type * from "./lib/operations/server_rules.ts";
export * from "./lib/operations/vocabulary.ts";
export type { Origin, Revision } from "./lib/revisions/graph/migration.ts";
export * from "./lib/revisions/mod.ts";
export * from "./lib/plan/mod.ts";
export type { DefinitionKind } from "./lib/definitions/definition.ts";
export {
  type Notice,
  populate,
  type PopulateOptions,
  type PopulateResult,
  type Reconciliation,
  type Seed,
  type SeedChange,
  type SeedValues,
} from "./lib/seeds/mod.ts";
export type { Judge } from "./lib/site/judge.ts";
export { readSiteRevisions } from "./lib/site/read.ts";
export { RELEASE_ALIASES } from "./lib/revisions/target/releases.ts";
export type { AppliedChange } from "./lib/schema/apply.ts";
export type * from "./lib/schema/change.ts";
export type * from "./lib/schema/part.ts";
export type * from "./lib/schema/schema.ts";
export type { ColumnType } from "./lib/schema/types.ts";
export type { DialectName } from "./lib/sql/dialect_name.ts";
export type { SpellLiteral } from "./lib/sql/literals.ts";
export type { Row, Statement, Value } from "./lib/sql/statement.ts";
export { migrations } from "./migrations/mod.ts";
export { models } from "./migrations/models/mod.ts";
