/**
 * How PostgreSQL tells which tables there are.
 *
 * @module
 */

// What is found without naming a schema, as statements find it: not only in the schema that new
// tables are made in, or a schema of the user's own name, made later, would hide all there is.
/** The tables that a database has, as `t`, in the catalog. */
export const FROM_TABLES = `pg_class t
  JOIN pg_namespace n ON n.oid = t.relnamespace
    AND t.relkind IN ('r', 'p') AND pg_table_is_visible(t.oid)
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

/** The names of all tables. */
export const TABLES = `SELECT t.relname AS table_name FROM ${FROM_TABLES} ORDER BY t.relname`;
