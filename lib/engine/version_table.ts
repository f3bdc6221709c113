/**
 * Alembic's table with the revisions that a database is at: one row a head.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { VERSION_TABLE } from "../dialects/catalog.ts";
import type { Connection } from "../drivers/connection.ts";
import type { RowChange } from "../revisions/version_rows.ts";
import { raw, sql, type Statement } from "../sql/statement.ts";

const table = raw(VERSION_TABLE);

/** Makes the version table exactly as Alembic does, on all three databases. */
export const createVersionTable: Statement = raw(`CREATE TABLE ${VERSION_TABLE} (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)`);

/** The revisions in the version table, in order of id; the table must be there. */
export async function readVersions(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query(sql`SELECT version_num FROM ${table}`);
  return rows.map((row) => String(row.version_num)).toSorted();
}

/** The statement that makes a change to the version table; it must change exactly one row. */
export function versionStatement(change: RowChange): Statement {
  switch (change.kind) {
    case "insert":
      return sql`INSERT INTO ${table} (version_num) VALUES (${change.id})`;
    case "delete":
      return sql`DELETE FROM ${table} WHERE version_num = ${change.id}`;
    case "update":
      return sql`UPDATE ${table} SET version_num = ${change.to} WHERE version_num = ${change.from}`;
  }
}

/**
 * Makes a change to the version table.
 *
 * @throws {OperatorError} When the row is not there any more: somebody else changed the table.
 */
export async function changeVersion(connection: Connection, change: RowChange): Promise<void> {
  const count = await connection.execute(versionStatement(change));
  if (count === 1) return;
  const id = change.kind === "update" ? change.from : change.id;
  throw new OperatorError(
    `Cannot change ${VERSION_TABLE}: the row "${id}" was expected once and met ${count} times; ` +
      "somebody else has changed the table, look at it before you go on",
  );
}
