/**
 * Taking a database back, as far as its migrations say how.
 *
 * @module
 */
import { planDowngrade } from "../../plan/downgrade.ts";
import { revisionsOf } from "../../plan/plan.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { downgradeMoves } from "../../revisions/rows/moves.ts";
import type { Database } from "../../servers/database.ts";
import { nothingToAsk, type Verb, work, type WorkOptions } from "../work.ts";

/** The outcome of a downgrade. */
export interface DowngradeResult {
  /** Rows of the version table before. */
  readonly from: readonly string[];
  /** Rows of the version table after. */
  readonly to: readonly string[];
  /** The revisions that were reverted, in that order. */
  readonly reverted: readonly string[];
}

/** The downgrade to a target. */
export const downgradeTo = (graph: RevisionGraph<Revision>, target: string): Verb => ({
  graph,
  needs: (versions) =>
    downgradeMoves(graph, versions, target).length > 0 ? "work on the schema" : "versions",
  ask: nothingToAsk,
  plan: (situation, server, options) => planDowngrade(graph, target, situation, server, options),
});

/**
 * Takes a database back to a target, such as `-1`, `046` or `base`. Nothing is changed unless every
 * revision on the way says how it is reverted; those of Mistral itself do not.
 *
 * @throws {RefusedError} When the target cannot be resolved or reached, or a revision on the way has
 * no way back.
 * @throws {OperatorError} When another run does not end in time, or the server refuses a statement.
 */
export async function downgrade(
  database: Database,
  graph: RevisionGraph<Revision>,
  target: string,
  options: WorkOptions = {},
): Promise<DowngradeResult> {
  const { plan } = await work(database, downgradeTo(graph, target), options);
  return { from: plan.from, to: plan.to, reverted: revisionsOf(plan) };
}
