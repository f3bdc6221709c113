/**
 * Bringing a database forward.
 *
 * @module
 */
import { revisionsOf } from "../../plan/plan.ts";
import { planUpgrade } from "../../plan/upgrade.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { upgradeMoves } from "../../revisions/rows/moves.ts";
import type { Database } from "../../servers/database.ts";
import { nothingToAsk, type Verb, work, type WorkOptions } from "../work.ts";

/** The outcome of an upgrade. */
export interface UpgradeResult {
  /** Rows of the version table before. */
  readonly from: readonly string[];
  /** Rows of the version table after. */
  readonly to: readonly string[];
  /** The revisions that were applied, in that order. */
  readonly applied: readonly string[];
}

/** The upgrade to a target. */
export const upgradeTo = (graph: RevisionGraph<Revision>, target: string): Verb => ({
  graph,
  needs: (versions) =>
    upgradeMoves(graph, versions, target).length > 0 ? "work on the schema" : "versions",
  ask: nothingToAsk,
  plan: (situation, server, options) => planUpgrade(graph, target, situation, server, options),
});

/**
 * Brings a database forward to a target, such as `head`, `+1`, `041` or `zed`. Another run on the
 * same database is waited for; what it has done is not done again. Where the server can roll back
 * DDL each migration is one transaction; elsewhere an interrupted migration is resumed where it
 * stopped.
 *
 * @throws {RefusedError} When the target cannot be resolved or reached.
 * @throws {OperatorError} When another run does not end in time, the database has tables that no
 * revision accounts for, or the server refuses a statement.
 */
export async function upgrade(
  database: Database,
  graph: RevisionGraph<Revision>,
  target: string,
  options: WorkOptions = {},
): Promise<UpgradeResult> {
  const { plan } = await work(database, upgradeTo(graph, target), options);
  return { from: plan.from, to: plan.to, applied: revisionsOf(plan) };
}
