/**
 * The migration that an earlier run has begun and not ended: the one place that decides it, for `upgrade`,
 * `verify` and `doctor` alike.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import { OperatorError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { nameOf, type PlannedMigration, type Situation } from "./plan.ts";
import { planUpgrade } from "./upgrade.ts";

/**
 * The migration that is half made; undefined where there is none, and where an upgrade would be refused.
 * Asks no server.
 */
export function unfinishedMigration(
  graph: RevisionGraph<Revision>,
  situation: Situation,
  server: Server,
): PlannedMigration | undefined {
  try {
    const { migrations } = planUpgrade(graph, "heads", situation, server);
    return migrations.find(({ made }) => made > 0);
  } catch (error) {
    if (error instanceof OperatorError) return undefined;
    throw error;
  }
}

/** What is said of it, without a full stop. */
export function unfinishedInWords(migration: PlannedMigration): string {
  const { made, steps } = migration;
  return `An earlier run completed ${made} of ${made + steps.length} steps of ${nameOf(migration)}`;
}

/** What to do about it, without a capital and a full stop. */
export const UNFINISHED_REMEDY = 'run "upgrade" with the same target again to finish it';

/** The tables that it changes. */
export function tablesOfMigration({ revisions }: PlannedMigration): ReadonlySet<string> {
  const operations = revisions.flatMap(({ upgrade }) => upgrade);
  return new Set(operations.flatMap((one) => "table" in one ? one.table : []));
}
