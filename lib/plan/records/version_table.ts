/**
 * Alembic's table with the revisions that a database is at: one row a head.
 *
 * @module
 */
import { VERSION_TABLE } from "../../servers/reading/own_tables.ts";
import type { RowChange } from "../../revisions/rows/version_rows.ts";
import { ofTable, raw, sql, type Statement } from "../../sql/statement.ts";

const table = raw(VERSION_TABLE);

/** Makes the version table exactly as Alembic does, on all three databases. */
export const createVersionTable: Statement = raw(`CREATE TABLE IF NOT EXISTS ${VERSION_TABLE} (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)`);

/** Reads the rows of the version table, which must exist. */
export const selectVersions: Statement = ofTable(
  VERSION_TABLE,
  sql`SELECT version_num FROM ${table}`,
);

/** The statement that makes a change to the version table; it must change exactly one row. */
export const versionStatement = (change: RowChange): Statement =>
  ofTable(VERSION_TABLE, spelled(change));

function spelled(change: RowChange): Statement {
  switch (change.kind) {
    case "insert":
      return sql`INSERT INTO ${table} (version_num) VALUES (${change.id})`;
    case "delete":
      return sql`DELETE FROM ${table} WHERE version_num = ${change.id}`;
    case "update":
      return sql`UPDATE ${table} SET version_num = ${change.to} WHERE version_num = ${change.from}`;
  }
}
