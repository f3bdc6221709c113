/**
 * Databases that are ahead of this program: after a rollback of the software, the schema stays where the
 * newer release has brought it.
 *
 * @module
 */
import { tableNames } from "../../servers/tables.ts";
import type { Database } from "../../servers/database.ts";
import { isMadeBy } from "../../plan/created_tables.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import type { OptionSpec } from "../../cli/command.ts";

/** Whether such a database will do. */
export const allowNewer = {
  flags: ["--allow-newer"],
  type: "flag",
  metavar: null,
  help:
    "succeed, and change nothing, where the database is at a revision that only a newer program " +
    "knows, as after a rollback of the software",
} as const satisfies OptionSpec;

/**
 * Whether a database is Mistral's, and at revisions of which this program knows none. Other services of
 * OpenStack have a table `alembic_version` too.
 */
export async function isNewer(
  database: Database,
  graph: RevisionGraph<Revision>,
  versions: readonly string[],
): Promise<boolean> {
  if (versions.length === 0 || versions.some((id) => graph.members.has(id))) return false;
  return isMadeBy(graph, await tableNames(database));
}

/** What is said of such a database. */
export function newerNotice({ members }: RevisionGraph, versions: readonly string[]): string {
  return `The database is at ${versions.join(", ")}, which is newer than what this program knows ` +
    `(up to ${[...members.keys()].at(-1)}); it is left as it is`;
}
