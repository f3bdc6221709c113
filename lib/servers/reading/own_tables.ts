/**
 * What reading a catalog has in common on all databases.
 *
 * @module
 */
import type { Row, Value } from "../../sql/statement.ts";
import type { Server } from "../server.ts";

/** Alembic's table; it is the engine's business and no part of a schema value. */
export const VERSION_TABLE = "alembic_version";

/** Our own table, of which the same is true: what a site's own migrations were when they ran. */
export const CHECKSUM_TABLE = "mistral_db_manage_revisions";

/** The account of who applied what, where a site wants one. */
export const JOURNAL_TABLE = "mistral_db_manage_history";

/** All tables that are no part of a schema value. */
export const ENGINE_TABLES: readonly string[] = [
  ...[VERSION_TABLE, CHECKSUM_TABLE, JOURNAL_TABLE],
];

/** Whether a table says nothing of what else is in the database: it is ours, or a killed run left it. */
export const isOwnTable = (name: string, { locks }: Server): boolean =>
  ENGINE_TABLES.includes(name) || locks.leftovers.includes(name);

/** The rows by their column `table_name`, in the order in which they came. */
export function groupByTable(rows: readonly Row[]): Map<string, readonly Row[]> {
  return Map.groupBy(rows, (row) => String(row.table_name));
}

/** The rows of one key each; a key has a row a column. */
export function byKey(rows: readonly Row[] | undefined): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows ?? [], (row) => String(row.name)).values()];
}

/** Reads names that travelled as a JSON array. */
export function names(json: Value | undefined): readonly string[] {
  return JSON.parse(String(json));
}
