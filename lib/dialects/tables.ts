/**
 * Which tables a database has. That is all that `current` asks, so it stands apart from the rest of
 * the dialects.
 *
 * @module
 */
import type { Connection } from "../drivers/connection.ts";
import type { DialectName } from "../sql/dialect_name.ts";
import { raw } from "../sql/statement.ts";
import { TABLES as MYSQL } from "./mysql/tables.ts";
import { TABLES as POSTGRESQL } from "./postgresql/tables.ts";
import { TABLES as SQLITE } from "./sqlite/tables.ts";

const QUERIES: Readonly<Record<DialectName, string>> = {
  postgresql: POSTGRESQL,
  mysql: MYSQL,
  sqlite: SQLITE,
};

/** The names of all tables that statements find without naming a schema, in order. */
export async function tableNames(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query(raw(QUERIES[connection.dialect]));
  return rows.map((row) => String(row.table_name));
}
