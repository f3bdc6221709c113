/**
 * The migration that an earlier run has begun and not ended: the one place that decides it, for `upgrade`,
 * `verify` and `doctor` alike.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { RevisionError } from "../../revisions/graph/revision_error.ts";
import { type RevisionMove, upgradeMoves } from "../../revisions/rows/moves.ts";
import { interruptionAt, planMigrations } from "../migrations.ts";
import { nameOf, type PlannedMigration, type Situation } from "../plan.ts";
import { isInterruption } from "../resume/mod.ts";
import { FORWARD } from "../upgrade.ts";

/** The first move of an upgrade; none where the database is at head, or at a revision that is not known. */
function nextMove(
  graph: RevisionGraph<Revision>,
  { versions }: Situation,
): readonly RevisionMove<Revision>[] {
  try {
    return upgradeMoves(graph, versions ?? [], "heads").slice(0, 1);
  } catch (error) {
    if (error instanceof RevisionError) return [];
    throw error;
  }
}

/**
 * The migration that is half made; undefined where there is none, and where nobody knows which one is
 * next. Asks no server.
 */
export function unfinishedMigration(
  graph: RevisionGraph<Revision>,
  situation: Situation,
  server: Server,
): PlannedMigration | undefined {
  const moves = nextMove(graph, situation);
  const earlier = interruptionAt(moves, FORWARD, graph, situation, server);
  if (!isInterruption(earlier)) return undefined;
  return planMigrations(moves, FORWARD, situation.schema, server, earlier)[0];
}

/** A sentence about it, without a full stop. */
export function unfinishedInWords(migration: PlannedMigration): string {
  const { resumed, steps } = migration;
  const made = resumed?.made ?? null;
  return made === null
    ? `An earlier run began ${nameOf(migration)} and did not finish it`
    : `An earlier run completed ${made} of ${made + steps.length} steps of ${nameOf(migration)}`;
}

/** What to do about it, without a capital and a full stop. */
export const UNFINISHED_REMEDY = 'run "upgrade" with the same target again to finish it';

/** The tables that it changes. */
export function tablesOfMigration({ revisions }: PlannedMigration): ReadonlySet<string> {
  const operations = revisions.flatMap(({ upgrade }) => upgrade);
  return new Set(operations.flatMap((one) => "table" in one ? one.table : []));
}
