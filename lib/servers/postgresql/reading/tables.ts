/**
 * How PostgreSQL tells which tables there are.
 *
 * @module
 */

import { SCHEMAS_SETTING } from "../wire/search_path.ts";

/** The schemas of the session's search path, without the server's own, in order. */
export const SCHEMAS = `current_setting('${SCHEMAS_SETTING}')::name[]`;

/** The schema in which new tables are made; NULL if there is none. */
export const FIRST_SCHEMA = `(${SCHEMAS})[1]`;

/** What statements find without naming a schema, as `t`, of any kind that shares its names with tables. */
export const FROM_RELATIONS = `pg_class t
  JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = ANY (${SCHEMAS})
    AND NOT EXISTS (
      SELECT 1 FROM pg_class e JOIN pg_namespace s ON s.oid = e.relnamespace
      WHERE e.relname = t.relname
        AND array_position(${SCHEMAS}, s.nspname) < array_position(${SCHEMAS}, n.nspname)
    )`;

// Not only in the schema that new tables are made in, or a schema of the user's own name, made
// later, would hide all there is.
/** The tables that a database has, as `t`, in the catalog. */
export const FROM_TABLES = `${FROM_RELATIONS} AND t.relkind IN ('r', 'p')`;

/** The names of all tables. */
export const TABLES = `SELECT t.relname AS table_name FROM ${FROM_TABLES} ORDER BY t.relname`;
