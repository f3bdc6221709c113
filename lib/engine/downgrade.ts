/**
 * Taking a database back, as far as its migrations say how.
 *
 * @module
 */
import { dialects } from "../dialects/mod.ts";
import type { Connection } from "../drivers/connection.ts";
import { RefusedError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import { downgradeSteps, type RevisionStep } from "../revisions/steps.ts";
import { applyAll } from "../schema/apply.ts";
import type { SchemaState } from "../schema/schema.ts";
import { currentVersions } from "./current.ts";
import { stepsOf } from "./fold.ts";
import { interruptionOf } from "./interruption.ts";
import { underLock } from "./lock.ts";
import { inTransaction, migrate, type Work, type Workplace } from "./migrate.ts";
import type { EngineOptions } from "./options.ts";
import { forgetStatements, refuseEdited } from "./own_revisions.ts";

/** What a downgrade came to. */
export interface DowngradeResult {
  /** Rows of the version table before. */
  readonly from: readonly string[];
  /** Rows of the version table after. */
  readonly to: readonly string[];
  /** The revisions that were taken back, in that order. */
  readonly reverted: readonly string[];
}

type Plan = readonly RevisionStep<Revision>[];

/** All ways back are known before the first is gone. */
function refuseOneWay(plan: Plan): void {
  const blocked = plan.find(({ revision }) => !revision.downgrade);
  if (!blocked) return;
  const { id, origin } = blocked.revision;
  const state = origin
    ? `it does not say how; add "downgrade" to ${origin.path}, or`
    : "Mistral's own revisions have no way back;";
  throw new RefusedError(
    `Cannot take back revision "${id}": ${state} restore the backup that was made before the ` +
      "upgrade",
  );
}

/** The way back of a revision, as a migration. */
const reversed = (revision: Revision): Revision => ({
  ...revision,
  upgrade: revision.downgrade ?? [],
});

function worksOf(
  graph: RevisionGraph<Revision>,
  plan: Plan,
  live: SchemaState,
  { dialect, onEvent }: Workplace,
): readonly Work[] {
  let schema = live;
  return plan.map(({ revision, rowChanges, headsBefore }, index) => {
    const back = reversed(revision);
    const resumed = index === 0 ? interruptionOf(graph, back, headsBefore, live, dialect) : null;
    if (resumed) onEvent({ kind: "resuming", revision: revision.id, ...resumed.progress });
    const steps = resumed?.left ?? stepsOf(back, schema, dialect);
    schema = applyAll(schema, steps.flatMap(({ changes }) => changes));
    const finished = plan.slice(0, index).map((one) => one.revision.id);
    return {
      revision: revision.id,
      steps,
      madeBefore: resumed?.progress.done ?? 0,
      rowChanges,
      records: forgetStatements(revision),
      finished,
    };
  });
}

async function takeBack(
  graph: RevisionGraph<Revision>,
  target: string,
  place: Workplace,
): Promise<DowngradeResult> {
  const { connection, dialect, onEvent, signal } = place;
  const from = await currentVersions(connection) ?? [];
  const plan = downgradeSteps(graph, from, target);
  refuseOneWay(plan);
  await refuseEdited(connection, graph, from);
  const live = await dialect.introspect(connection);
  const works = worksOf(graph, plan, live, place);
  for (const [index, { revision: { id, message }, to }] of plan.entries()) {
    signal?.throwIfAborted();
    const position = { position: index + 1, total: plan.length };
    onEvent({ kind: "downgrading", from: id, to, message, ...position });
    const began = performance.now();
    const work = works[index]!;
    await inTransaction(place, id, work.steps, () => migrate(work, place));
    onEvent({ kind: "applied", revision: id, seconds: (performance.now() - began) / 1000 });
  }
  return {
    from,
    to: plan.at(-1)?.headsAfter ?? from,
    reverted: plan.map(({ revision }) => revision.id),
  };
}

/**
 * Takes a database back to a target, such as `-1`, `046` or `base`. Nothing is changed unless every
 * revision on the way says how it is taken back; those of Mistral itself do not.
 *
 * @throws {RefusedError} When the target cannot be resolved or reached, or a revision on the way has
 * no way back.
 * @throws {OperatorError} When another run does not end in time, or the server refuses a statement.
 */
export async function downgrade(
  connection: Connection,
  graph: RevisionGraph<Revision>,
  target: string,
  options: EngineOptions = {},
): Promise<DowngradeResult> {
  const dialect = dialects[connection.dialect];
  const { onEvent = () => {}, signal } = options;
  return await underLock(
    connection,
    options,
    () => takeBack(graph, target, { connection, dialect, onEvent, signal, wholeRun: false }),
  );
}
