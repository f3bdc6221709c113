/**
 * How SQLite tells which tables there are.
 *
 * @module
 */

/** The catalog, as `m`. */
export const FROM_TABLES = `sqlite_master m`;
/** What is true of tables in the catalog that are not SQLite's own. */
export const ARE_TABLES = `m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

/** The names of all tables, and the statements that made them. */
export const TABLES = `SELECT m.name AS table_name, m.sql AS sql FROM ${FROM_TABLES}
  WHERE ${ARE_TABLES} ORDER BY m.name`;
