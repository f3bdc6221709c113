/**
 * Recording which revision a database is at, without running anything.
 *
 * @module
 */
import type { Database } from "../servers/database.ts";
import { planStamp } from "../plan/stamp.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { carryOut } from "./carry_out.ts";
import type { EngineOptions } from "./options.ts";

/** What a stamp came to. */
export interface StampResult {
  /** Rows of the version table before. */
  readonly from: readonly string[];
  /** Rows of the version table after. */
  readonly to: readonly string[];
}

/**
 * Writes a target, such as `head`, `base` or `041`, into the version table as the database's
 * revision, and accepts a site's own migrations up to there as their files are now. Nothing else in
 * the database changes.
 *
 * @throws {RefusedError} When the target, or what the table holds, is no known revision.
 * @throws {OperatorError} When another run does not end in time.
 */
export async function stamp(
  database: Database,
  graph: RevisionGraph<Revision>,
  target: string,
  options: EngineOptions = {},
): Promise<StampResult> {
  const { from, to } = await carryOut(database, options, {
    graph,
    needsSchema: () => false,
    plan: (situation, server) => planStamp(graph, target, situation, server),
  });
  return { from, to };
}
