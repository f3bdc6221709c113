/**
 * Databases that are ahead of this program: after a rollback of the software, the schema stays where the
 * newer release has brought it.
 *
 * @module
 */
import { tableNames } from "../../servers/reading/table_names.ts";
import type { Database } from "../../servers/database.ts";
import { standingOf, troubleWith } from "../../plan/state/standing.ts";
import { unknownRows } from "../../revisions/rows/version_rows.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";

/** Whether a database at these revisions is ahead of this program; asks it only if it may be. */
export async function isNewer(
  database: Database,
  graph: RevisionGraph<Revision>,
  versions: readonly string[],
): Promise<boolean> {
  if (unknownRows(graph, versions).length === 0) return false;
  return standingOf(graph, versions, await tableNames(database)) === "newer";
}

/** What is said of such a database. */
export function newerNotice(graph: RevisionGraph<Revision>, versions: readonly string[]): string {
  return `${troubleWith("newer", graph, versions).because}; nothing was changed`;
}
