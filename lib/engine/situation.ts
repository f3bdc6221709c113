/**
 * Asking a database where it stands.
 *
 * @module
 */
import { CHECKSUM_TABLE, isOwnTable, VERSION_TABLE } from "../servers/reading/own_tables.ts";
import { tableNames } from "../servers/reading/table_names.ts";
import type { Database } from "../servers/database.ts";
import type { Situation } from "../plan/plan.ts";
import { selectChecksums } from "../plan/records/site_records.ts";
import { selectVersions } from "../plan/records/version_table.ts";
import { emptySchema } from "../schema/schema.ts";

async function readVersions(
  database: Database,
  tables: readonly string[],
): Promise<readonly string[] | null> {
  if (!tables.includes(VERSION_TABLE)) return null;
  const rows = await database.query(selectVersions);
  return rows.map((row) => String(row.version_num)).toSorted();
}

async function readChecksums(
  database: Database,
  tables: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (!tables.includes(CHECKSUM_TABLE)) return new Map();
  const rows = await database.query(selectChecksums);
  return new Map(rows.map((row) => [String(row.version_num), String(row.checksum)]));
}

/**
 * The revisions that the database is at, in order of id; null where it has no version table.
 * Changes nothing.
 */
export async function currentVersions(database: Database): Promise<readonly string[] | null> {
  return await readVersions(database, await tableNames(database));
}

/**
 * Reads all that a plan needs to know of a database. Changes nothing.
 *
 * @param needsSchema Whether anything is planned for a database at these revisions; always, unless
 * given. Reading the schema is dear, and a database that is up to date is asked most often.
 */
export async function readSituation(
  database: Database,
  needsSchema: (versions: readonly string[]) => boolean = () => true,
): Promise<Situation> {
  const tables = await tableNames(database);
  const versions = await readVersions(database, tables);
  const isEmpty = tables.every((name) => isOwnTable(name, database.server));
  const schema = !isEmpty && needsSchema(versions ?? [])
    ? await database.server.catalog.introspect(database)
    : emptySchema;
  return { versions, schema, checksums: await readChecksums(database, tables) };
}
