/**
 * What a PostgreSQL session is doing: https://www.postgresql.org/docs/current/progress-reporting.html
 *
 * @module
 */
import { raw, sql } from "../../sql/statement.ts";
import type { Observation } from "../observation.ts";

/** The server reports the progress of CREATE INDEX, but not of an ALTER TABLE that rewrites the table. */
export const observation: Observation = {
  prepare: () => [],
  session: raw("SELECT pg_backend_pid() AS id"),
  progress: (id) =>
    sql`SELECT phase,
  CASE WHEN blocks_total > 0 THEN blocks_done ELSE tuples_done END AS done,
  CASE WHEN blocks_total > 0 THEN blocks_total ELSE tuples_total END AS total
FROM pg_stat_progress_create_index
WHERE pid = ${id}`,
  cancel: (id) => sql`SELECT pg_cancel_backend(${id}::int)`,
};
