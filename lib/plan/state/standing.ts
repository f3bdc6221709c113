/**
 * Where a database stands, by its version table and the names of its tables.
 *
 * @module
 */
import { ENGINE_TABLES } from "../../servers/reading/own_tables.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { unknownRows } from "../../revisions/rows/version_rows.ts";
import { isMadeBy } from "./created_tables.ts";

/**
 * - `empty`: no tables and no revision.
 * - `foreign`: another service's database. All of OpenStack have a table `alembic_version`.
 * - `unstamped`: Mistral's tables, but no revision.
 * - `known`: at revisions of this program.
 * - `newer`: at a revision that is missing here, as after a rollback of the software.
 */
export type Standing = "empty" | "foreign" | "unstamped" | "known" | "newer";

/** Where a database with these rows and tables stands; the program's own tables do not count. */
export function standingOf(
  graph: RevisionGraph<Revision>,
  rows: readonly string[],
  tables: Iterable<string>,
): Standing {
  const names = [...tables].filter((name) => !ENGINE_TABLES.includes(name));
  const unknown = unknownRows(graph, rows);
  if (rows.length === 0 && names.length === 0) return "empty";
  if (names.length > 0 && rows.length === unknown.length && !isMadeBy(graph, names)) {
    return "foreign";
  }
  if (rows.length === 0) return "unstamped";
  return unknown.length > 0 ? "newer" : "known";
}

/** The problem of a database in this state, and its remedy. */
export function troubleWith(
  standing: Exclude<Standing, "empty" | "known">,
  { members }: RevisionGraph<Revision>,
  rows: readonly string[],
): { readonly because: string; readonly remedy: string } {
  const ids = [...members.keys()];
  return {
    foreign: {
      because: "None of the tables are Mistral's: this is another service's database",
      remedy: "name Mistral's own database in [database] connection",
    },
    unstamped: {
      because:
        "The database has Mistral's tables, but no row in alembic_version tells their revision",
      remedy: 'run "adopt", which finds the revision and shows what it would change',
    },
    newer: {
      because: `The database is at ${rows.join(", ")}, but this program only knows ${ids[0]} to ` +
        `${
          ids.at(-1)
        }: a newer release has upgraded it, or a site's own revisions are missing here`,
      remedy: "use that release, restore a backup from before it, or name the directory of the " +
        'site\'s revisions with --versions-path; "upgrade --allow-newer head" succeeds and ' +
        "changes nothing",
    },
  }[standing];
}
