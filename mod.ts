/**
 * Brings the database of OpenStack Mistral from one release to the next: the library behind the
 * program `mistral-db-manage`. It prints nothing and never ends the process.
 *
 * @example Bring a database to the newest revision
 * ```ts
 * import { migrations, open } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * await using database = await open("sqlite://");
 * const { revisions } = await database.upgrade("head");
 * assert.equal(revisions.length, migrations.length);
 * assert.deepEqual(await database.current(), [migrations.at(-1)!.id]);
 * ```
 *
 * @example Look at what an upgrade to a release would do, and write it as a script
 * ```ts
 * import { open } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * await using database = await open("sqlite://");
 * const plan = await database.plan("zed");
 * assert.deepEqual(plan.to, ["041"]);
 * assert.equal(plan.explanation.totals.longestBlock, null);
 * assert.match(plan.script(), /CREATE TABLE "workflow_executions_v2"/);
 * ```
 *
 * @example Write a script without a database
 * ```ts
 * import { planOffline } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const plan = await planOffline("postgresql", "044:045");
 * assert.match(plan.script(), /CREATE INDEX "scheduled_jobs_v2_key"/);
 * ```
 *
 * @example Follow what happens, and stop it
 * ```ts
 * import { open, type RunEvent } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const stop = new AbortController();
 * const onEvent = (event: RunEvent) => {
 *   if (event.kind === "applied" && event.revision === "003") stop.abort();
 * };
 * await using database = await open("sqlite://");
 * const run = database.upgrade("head", { stepByStep: true, onEvent, signal: stop.signal });
 * await assert.rejects(run, { name: "AbortError" });
 * ```
 *
 * @example Add a migration of your own
 * ```ts
 * import { addColumn, column, migrations, open, type Revision, text } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const own: Revision = {
 *   id: "site001",
 *   down: "045",
 *   message: "note who called",
 *   created: "2026-11-25T03:00:00Z",
 *   upgrade: [addColumn("workflow_executions_v2", column("note", text))],
 * };
 * await using database = await open("sqlite://", { revisions: [...migrations, own] });
 * await database.upgrade("head");
 * assert.deepEqual(await database.current(), ["site001"]);
 * assert.deepEqual((await database.verify()).findings, []);
 * ```
 *
 * @module
 */
export { ConnectionError, DatabaseError, OperatorError, RefusedError } from "./lib/errors.ts";
export type { MistralDatabase, PopulateResult } from "./lib/api/database.ts";
export type { Comparison } from "./lib/api/drift.ts";
export { readSiteRevisions } from "./lib/api/history.ts";
export { open } from "./lib/api/open.ts";
export type { OpenOptions, RunOptions, RunResult } from "./lib/api/options.ts";
export { type Plan, planOffline } from "./lib/api/plan.ts";
export type { JournalEntry } from "./lib/engine/account/journal.ts";
export type { Deviation } from "./lib/engine/drift/drift.ts";
export type { RunEvent } from "./lib/engine/events.ts";
export type {
  Block,
  ExplainedEffect,
  ExplainedMigration,
  ExplainedStatement,
  Explanation,
} from "./lib/engine/explanation/explain.ts";
export type { RunSettings } from "./lib/engine/options.ts";
export { migrations } from "./migrations/mod.ts";

// What migrations are written in.
export {
  boolean,
  char,
  column,
  type ColumnOptions,
  datetime,
  equals,
  integer,
  isEmpty,
  isNotEmpty,
  isNotNull,
  isNull,
  longText,
  mediumText,
  string,
  text,
} from "./lib/operations/columns.ts";
export type {
  ForeignKeySpec,
  Operation,
  OperationOptions,
  TableSpec,
  UniqueSpec,
} from "./lib/operations/operation.ts";
export {
  addColumn,
  alterColumn,
  createTable,
  deleteRows,
  dropColumn,
  dropForeignKey,
  dropIndex,
  dropPrimaryKey,
  dropTable,
  dropUnique,
  execute,
  foreignKey,
  index,
  primaryKey,
  unique,
  update,
} from "./lib/operations/vocabulary.ts";
export type { Revision } from "./lib/revisions/graph/migration.ts";
export type { ColumnTest } from "./lib/schema/change.ts";
export type { Column, Default, ReferentialAction, Scalar } from "./lib/schema/schema.ts";
export type { ColumnType } from "./lib/schema/types.ts";
export type { DialectName } from "./lib/sql/dialect_name.ts";
