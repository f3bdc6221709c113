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
import { emptySchema, type SchemaState } from "../schema/schema.ts";
import { currentVersions } from "./current.ts";
import { stepsOf } from "./fold.ts";
import { interruptionOf } from "./interruption.ts";
import { underLock } from "./lock.ts";
import { executeAll, inTransaction, migrate, type Work, type Workplace } from "./migrate.ts";
import type { EngineOptions } from "./options.ts";
import type { Interruption } from "./resume.ts";
import { memoryStatements, refuseEdited, rememberStatements } from "./own_revisions.ts";
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

/** Finds out all that will be done before anything is: a migration that cannot fit stops the run. */
function worksOf(
  plan: Plan,
  live: SchemaState,
  interruption: Interruption | null,
  { dialect, onEvent }: Workplace,
): readonly Work[] {
  let schema = live;
  return plan.map(({ revision, rowChanges }, index) => {
    const resumed = index === 0 ? interruption : null;
    if (resumed) onEvent({ kind: "resuming", revision: revision.id, ...resumed.progress });
    const steps = resumed?.left ?? stepsOf(revision, schema, dialect);
    schema = applyAll(schema, steps.flatMap(({ changes }) => changes));
    const finished = plan.slice(0, index).map(({ revision }) => revision.id);
    const madeBefore = resumed?.progress.done ?? 0;
    const records = rememberStatements(revision);
    return { revision: revision.id, steps, madeBefore, rowChanges, records, finished };
  });
}

/** Runs the migrations one after another. */
async function runAll(plan: Plan, works: readonly Work[], place: Workplace): Promise<void> {
  for (const [index, { revision, from }] of plan.entries()) {
    const { id: to, message } = revision;
    place.signal?.throwIfAborted();
    const position = { position: index + 1, total: plan.length };
    place.onEvent({ kind: "running", from, to, message, ...position });
    const began = performance.now();
    const work = works[index]!;
    const make = () => migrate(work, place);
    await (place.wholeRun ? make() : inTransaction(place, to, work.steps, make));
    place.onEvent({ kind: "applied", revision: to, seconds: (performance.now() - began) / 1000 });
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
  await refuseEdited(connection, graph, from);
  const applied = plan.map(({ revision }) => revision);
  const live = plan.length > 0 ? await dialect.introspect(connection) : emptySchema;
  // The version table comes first: without it no earlier run has got to a migration.
  const [first] = plan;
  const interruption = versions && first
    ? interruptionOf(graph, first.revision, first.headsBefore, live, dialect)
    : null;
  const untouched = interruption ? applied.slice(1) : applied;
  if (from.length === 0) refuseUnstamped(live, untouched, dialect);
  const works = worksOf(plan, live, interruption, place);
  const run = async () => {
    if (versions === null) await executeAll(connection, [createVersionTable]);
    await executeAll(connection, memoryStatements(applied));
    await runAll(plan, works, place);
  };
  const all = works.flatMap(({ steps }) => steps);
  await (place.wholeRun ? inTransaction(place, "the run", all, run) : run());
  return { from, to: plan.at(-1)?.headsAfter ?? from, applied: applied.map(({ id }) => id) };
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
