/**
 * Which tables a database has.
 *
 * @module
 */
import type { Database } from "../database.ts";
import { ofCatalog, raw } from "../../sql/statement.ts";

/** The names of all tables that statements find without naming a schema, in order. */
export async function tableNames(database: Database): Promise<readonly string[]> {
  const rows = await database.query(ofCatalog(raw(database.server.catalog.tables)));
  return rows.map((row) => String(row.table_name));
}
