/**
 * From the moves of a history to planned migrations.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { withFills } from "../operations/fill.ts";
import type { Operation } from "../operations/operation.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import type { RevisionMove } from "../revisions/moves.ts";
import { schemaAfter } from "../schema/apply.ts";
import type { SchemaState } from "../schema/schema.ts";
import type { Statement } from "../sql/statement.ts";
import { historyOf, stepsOf } from "./fold.ts";
import type { Plan, PlannedMigration, PlanOptions, Situation } from "./plan.ts";
import { type Interruption, interruptionOf } from "./resume.ts";

/** What going to, or back from, a revision comes to. */
export interface Way {
  /** What is done to the schema and the rows. */
  readonly operations: (revision: Revision) => readonly Operation[];
  /** What is recorded besides the version table. */
  readonly records: (revision: Revision) => readonly Statement[];
}

/**
 * What an earlier run has left of the first move. The version table comes first: without it no
 * earlier run has got to a migration; and where DDL can be rolled back none is left half-way.
 */
export function interruptionAt(
  [first]: readonly RevisionMove<Revision>[],
  { operations }: Way,
  graph: RevisionGraph<Revision>,
  situation: Situation,
  dialect: Dialect,
): Interruption | null {
  if (!first || dialect.transactionalDdl || situation.versions === null) return null;
  const history = historyOf(graph, first.headsBefore);
  return interruptionOf(operations(first.revision), history, situation, dialect);
}

/**
 * Plans all moves on the schema that the database has, and the first one as the rest of what an
 * earlier run has begun.
 *
 * @throws {OperatorError} When a migration does not fit the schema.
 */
export function planMigrations(
  moves: readonly RevisionMove<Revision>[],
  way: Way,
  start: SchemaState,
  dialect: Dialect,
  interruption: Interruption | null,
): readonly PlannedMigration[] {
  let schema = start;
  return moves.map(({ revision, from, to, rowChanges }, index) => {
    const rest = index === 0 ? interruption : null;
    const steps = rest?.steps ??
      stepsOf(withFills(way.operations(revision), dialect), schema, dialect);
    schema = schemaAfter(schema, steps.flatMap(({ changes }) => changes));
    return Object.freeze({
      revisions: [revision],
      from,
      to,
      made: rest?.made ?? 0,
      steps,
      records: way.records(revision),
      rowChanges,
      transaction: dialect.transactions.schema(steps),
    });
  });
}

/** Completes a plan with what holds for the whole run. */
export function planOf(
  parts: Omit<Plan, "transaction">,
  dialect: Dialect,
  { singleTransaction = false }: PlanOptions = {},
): Plan {
  const steps = parts.migrations.flatMap((migration) => migration.steps);
  const whole = singleTransaction && dialect.transactionalDdl;
  return Object.freeze({
    ...parts,
    transaction: whole ? dialect.transactions.schema(steps) : null,
  });
}
