/**
 * From the moves of a history to planned migrations.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import type { Step } from "../servers/step.ts";
import { appended, OperatorError } from "../errors.ts";
import { withFills } from "../operations/fill.ts";
import type { Operation } from "../operations/operation.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { RevisionMove } from "../revisions/rows/moves.ts";
import { schemaAfter } from "../schema/apply.ts";
import { Misfit } from "../schema/misfit.ts";
import type { SchemaState } from "../schema/schema.ts";
import type { Statement } from "../sql/statement.ts";
import { historyOf, stepsOf } from "./fold.ts";
import { withJournal } from "./records/journal.ts";
import type { Plan, PlannedMigration, PlanOptions, Situation } from "./plan.ts";
import { type EarlierRun, interruptionOf, isInterruption } from "./resume/mod.ts";

/** What going to, or back from, a revision comes to. */
export interface Direction {
  /** Operations on the schema and the rows. */
  readonly operations: (revision: Revision) => readonly Operation[];
  /** Statements that record it besides the version table. */
  readonly records: (revision: Revision) => readonly Statement[];
}

/**
 * What an earlier run has left of the first move. The version table comes first: without it no
 * earlier run has got to a migration; and where DDL can be rolled back none is left half-way.
 */
export function interruptionAt(
  [first]: readonly RevisionMove<Revision>[],
  { operations }: Direction,
  graph: RevisionGraph<Revision>,
  situation: Situation,
  server: Server,
): EarlierRun {
  if (!first || server.spelling.transactionalDdl || situation.versions === null) return null;
  const history = historyOf(graph, first.headsBefore);
  return interruptionOf(operations(first.revision), history, situation, server);
}

/**
 * The steps of a migration that is not begun.
 *
 * @throws {OperatorError} When it does not fit the schema; names the mismatches.
 */
function wholeSteps(
  operations: readonly Operation[],
  id: string,
  schema: SchemaState,
  server: Server,
  mismatches: readonly string[],
): readonly Step[] {
  try {
    return stepsOf(withFills(operations, server.rules), schema, server);
  } catch (error) {
    if (!(error instanceof Misfit) || mismatches.length === 0) throw error;
    throw new OperatorError({
      ...appended(
        error,
        `\n  The database is neither as ${id} expects it nor on the way to ${id}. Different at any ` +
          `time: ${mismatches.join(", ")}. Nothing was changed`,
      ),
      remedy: 'put this right as "mistral-db-manage show" has it, or restore the backup, and run ' +
        "the same command again",
      cause: error,
    });
  }
}

/**
 * Plans all moves on the schema that the database has, and the first one as the rest of what an
 * earlier run has begun.
 *
 * @throws {Misfit} When a migration does not fit the schema.
 */
export function planMigrations(
  moves: readonly RevisionMove<Revision>[],
  direction: Direction,
  start: SchemaState,
  server: Server,
  earlier: EarlierRun,
): readonly PlannedMigration[] {
  let schema = start;
  return moves.map(({ revision, from, to, rowChanges }, index) => {
    const first = index === 0 ? earlier : null;
    const rest = isInterruption(first) ? first : null;
    const mismatches = first && "mismatches" in first ? first.mismatches : [];
    const steps = rest?.steps ??
      wholeSteps(direction.operations(revision), revision.id, schema, server, mismatches);
    schema = schemaAfter(schema, steps.flatMap(({ changes }) => changes));
    return Object.freeze({
      revisions: [revision],
      from,
      to,
      resumed: rest?.resumed ?? null,
      steps,
      openings: [],
      records: direction.records(revision),
      rowChanges,
      transaction: server.spelling.transactions.schema(steps),
    });
  });
}

/** Completes a plan with what holds for the whole run. */
export function planOf(
  parts: Omit<Plan, "transaction" | "warnings">,
  server: Server,
  options: PlanOptions = {},
): Plan {
  const steps = parts.migrations.flatMap((migration) => migration.steps);
  const whole = options.singleTransaction && server.spelling.transactionalDdl;
  const transaction = whole ? server.spelling.transactions.schema(steps) : null;
  return Object.freeze(withJournal({ ...parts, transaction, warnings: [] }, options, server));
}
