/**
 * What a PostgreSQL session is doing: https://www.postgresql.org/docs/current/progress-reporting.html
 *
 * @module
 */
import { ofCatalog, raw, sql, type Statement } from "../../../sql/statement.ts";
import type { Mark, Observation } from "../../locking/observation.ts";

/** The key of a mark's advisory lock: 64 bits, as a signed number. */
const keyOf = (mark: Mark): Statement =>
  raw(`(${BigInt.asIntN(64, BigInt(`0x${mark.slice(0, 16)}`))})::bigint`);

/** The locks of the marked session, as `l`: one row, or none on another server. */
const marked = (mark: Mark): Statement =>
  sql`l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (l.classid::bigint << 32 | l.objid::bigint) = ${keyOf(mark)}`;

/** The server reports the progress of CREATE INDEX, but not of an ALTER TABLE that rewrites the table. */
export const observation: Observation = {
  canMark: () => true,
  mark: (mark) => ofCatalog(sql`SELECT pg_try_advisory_lock(${keyOf(mark)}) AS marked`),
  unmark: (mark) => ofCatalog(sql`SELECT pg_advisory_unlock(${keyOf(mark)})`),
  prepare: () => [],
  sees: (mark) =>
    ofCatalog(sql`SELECT EXISTS (SELECT 1 FROM pg_locks l WHERE ${marked(mark)}) AS seen`),
  progress: (mark) =>
    ofCatalog(sql`SELECT phase,
  CASE WHEN blocks_total > 0 THEN blocks_done ELSE tuples_done END AS done,
  CASE WHEN blocks_total > 0 THEN blocks_total ELSE tuples_total END AS total
FROM pg_stat_progress_create_index JOIN pg_locks l USING (pid)
WHERE ${marked(mark)}`),
  cancel: (mark) =>
    ofCatalog(
      sql`SELECT pg_cancel_backend(l.pid) AS cancelled FROM pg_locks l WHERE ${marked(mark)}`,
    ),
};
