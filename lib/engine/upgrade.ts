/**
 * Bringing a database forward.
 *
 * @module
 */
import { dialects } from "../dialects/mod.ts";
import type { Connection } from "../drivers/connection.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import { type RevisionStep, upgradeSteps } from "../revisions/steps.ts";
import { applyAll } from "../schema/apply.ts";
import type { SchemaState } from "../schema/schema.ts";
import { currentVersions } from "./current.ts";
import { fold, historyOf, stepsOf } from "./fold.ts";
import { underLock } from "./lock.ts";
import { executeAll, inTransaction, migrate, type Work, type Workplace } from "./migrate.ts";
import type { EngineOptions } from "./options.ts";
import { interruptedAt } from "./resume.ts";
import { refuseUnstamped } from "./unstamped.ts";
import { createVersionTable } from "./version_table.ts";

/** How a database is brought forward. */
export interface UpgradeOptions extends EngineOptions {
  /** One transaction for the whole run instead of one a migration, where the server can. */
  readonly singleTransaction?: boolean;
}

/** What an upgrade came to. */
export interface UpgradeResult {
  /** Rows of the version table before. */
  readonly from: readonly string[];
  /** Rows of the version table after. */
  readonly to: readonly string[];
  /** The revisions that were applied, in that order. */
  readonly applied: readonly string[];
}

type Plan = readonly RevisionStep<Revision>[];

/** The work of the first migration, without the steps that an earlier run has made already. */
function firstWork(
  graph: RevisionGraph<Revision>,
  { headsBefore, revision, rowChanges }: RevisionStep<Revision>,
  live: SchemaState,
  { dialect, onEvent }: Workplace,
): Work {
  const work = { revision: revision.id, rowChanges, finished: [] };
  if (dialect.transactionalDdl) return { ...work, steps: stepsOf(revision, live, dialect) };
  const expected = fold(historyOf(graph, headsBefore), dialect);
  const { steps, done } = interruptedAt(revision, expected, live, dialect);
  if (done === 0) return { ...work, steps: stepsOf(revision, live, dialect) };
  onEvent({ kind: "resuming", revision: revision.id, done, of: steps.length });
  return { ...work, steps: steps.slice(done) };
}

/** Runs the migrations one after another, each on the schema that the one before it leaves. */
async function runAll(
  graph: RevisionGraph<Revision>,
  plan: Plan,
  start: SchemaState,
  place: Workplace,
): Promise<void> {
  let schema = start;
  const finished: string[] = [];
  for (const [index, step] of plan.entries()) {
    const { revision, from, rowChanges } = step;
    const { id, message } = revision;
    place.signal?.throwIfAborted();
    place.onEvent({
      kind: "running",
      from,
      to: id,
      message,
      position: index + 1,
      total: plan.length,
    });
    const began = performance.now();
    const work = index === 0
      ? firstWork(graph, step, schema, place)
      : { revision: id, steps: stepsOf(revision, schema, place.dialect), rowChanges, finished };
    const make = () => migrate(work, place);
    await (place.wholeRun ? make() : inTransaction(place, make));
    schema = applyAll(schema, work.steps.flatMap(({ changes }) => changes));
    finished.push(id);
    place.onEvent({ kind: "applied", revision: id, seconds: (performance.now() - began) / 1000 });
  }
}

/** Makes the version table where there is none, and runs what is planned. */
async function bringForward(
  graph: RevisionGraph<Revision>,
  target: string,
  place: Workplace,
): Promise<UpgradeResult> {
  const { connection, dialect } = place;
  const versions = await currentVersions(connection);
  const from = versions ?? [];
  const plan = upgradeSteps(graph, from, target);
  const live = plan.length > 0 ? await dialect.introspect(connection) : undefined;
  if (live && from.length === 0) {
    refuseUnstamped(live, plan.map(({ revision }) => revision), dialect);
  }
  const run = async () => {
    if (versions === null) await executeAll(connection, [createVersionTable]);
    if (live) await runAll(graph, plan, live, place);
  };
  await (place.wholeRun ? inTransaction(place, run) : run());
  return {
    from,
    to: plan.at(-1)?.headsAfter ?? from,
    applied: plan.map(({ revision }) => revision.id),
  };
}

/**
 * Brings a database forward to a target, such as `head`, `+1`, `041` or `zed`. Another run on the
 * same database is waited for; what it has done is not done again. Where the server can roll back
 * DDL each migration is one transaction; elsewhere one that was interrupted is taken up where it
 * stopped.
 *
 * @throws {RefusedError} When the target cannot be resolved or reached.
 * @throws {OperatorError} When another run does not end in time, the database has tables that no
 * revision accounts for, or the server refuses a statement.
 */
export async function upgrade(
  connection: Connection,
  graph: RevisionGraph<Revision>,
  target: string,
  options: UpgradeOptions = {},
): Promise<UpgradeResult> {
  const dialect = dialects[connection.dialect];
  const { onEvent = () => {}, signal, singleTransaction = false } = options;
  const wholeRun = singleTransaction && dialect.transactionalDdl;
  return await underLock(
    connection,
    options,
    () => bringForward(graph, target, { connection, dialect, onEvent, signal, wholeRun }),
  );
}
