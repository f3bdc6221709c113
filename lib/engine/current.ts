/**
 * Asking a database where it stands.
 *
 * @module
 */
import { VERSION_TABLE } from "../dialects/catalog.ts";
import { tableNames } from "../dialects/tables.ts";
import type { Connection } from "../drivers/connection.ts";
import { readVersions } from "./version_table.ts";

/**
 * The revisions that the database is at, in order of id; null where it has no version table.
 * Changes nothing.
 */
export async function currentVersions(connection: Connection): Promise<readonly string[] | null> {
  const tables = await tableNames(connection);
  return tables.includes(VERSION_TABLE) ? await readVersions(connection) : null;
}
