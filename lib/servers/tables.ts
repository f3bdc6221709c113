/**
 * Which tables a database has.
 *
 * @module
 */
import type { Connection } from "./database.ts";
import { ofCatalog, raw } from "../sql/statement.ts";
import { identities } from "./identities.ts";

/** The names of all tables that statements find without naming a schema, in order. */
export async function tableNames(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query(ofCatalog(raw(identities[connection.dialect].tables)));
  return rows.map((row) => String(row.table_name));
}
