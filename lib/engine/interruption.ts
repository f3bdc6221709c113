/**
 * Whether an earlier run has begun the migration that is next.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { OperatorError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import type { SchemaState } from "../schema/schema.ts";
import { fold, historyOf } from "./fold.ts";
import { interruptedAt, type Interruption } from "./resume.ts";

/**
 * What an earlier run has left of a migration; null where it has not begun it.
 *
 * A site's own migration may repair what the history has and the site's database had not. It
 * contradicts the history then, by which alone could be told how far it got.
 */
export function interruptionOf(
  graph: RevisionGraph<Revision>,
  next: Revision,
  heads: readonly string[],
  live: SchemaState,
  dialect: Dialect,
): Interruption | null {
  if (dialect.transactionalDdl) return null;
  const history = historyOf(graph, heads);
  try {
    return interruptedAt(next, fold(history, dialect), live, dialect);
  } catch (error) {
    const isOwn = [...history, next].some(({ origin }) => origin !== undefined);
    if (error instanceof OperatorError && isOwn) return null;
    throw error;
  }
}
