/**
 * How PostgreSQL waits for the locks of tables.
 *
 * @module
 */
import { join, ofCatalog, raw, sql } from "../../../sql/statement.ts";
import { statements } from "../../step.ts";
import type { LockWaits } from "../../locking/lock_waits.ts";
import { FROM_TABLES } from "../reading/tables.ts";

/** `lock_timeout`: https://www.postgresql.org/docs/current/runtime-config-client.html */
export const lockWaits: LockWaits = {
  limit: (seconds) => statements(`SET lock_timeout = ${Math.ceil(seconds * 1000)}`),
  reset: statements("RESET lock_timeout"),
  limitReads: (seconds) =>
    statements(
      `SELECT set_config('lock_timeout', '${Math.ceil(seconds * 1000)}', false) ` +
        "WHERE current_setting('lock_timeout') = '0'",
    ),
  timedOut: "55P03",
  // lock_not_available, deadlock_detected, serialization_failure
  passing: ["55P03", "40P01", "40001"],
  holders: (tables) =>
    ofCatalog(
      sql`SELECT DISTINCT a.pid AS id, a.application_name AS application, a.usename::text AS "user",
  coalesce(host(a.client_addr), 'a local socket') AS address,
  extract(epoch FROM clock_timestamp() - a.xact_start)::int AS seconds
FROM pg_locks l
JOIN pg_stat_activity a USING (pid)
WHERE l.granted AND a.pid <> pg_backend_pid()
  AND l.relation IN (
    SELECT t.oid FROM ${raw(FROM_TABLES)} WHERE t.relname IN (${
        join(tables.map((name) => sql`${name}`))
      })
  )
ORDER BY seconds DESC NULLS LAST
LIMIT ${raw("3")}`,
    ),
  // Reading waits for this mode alone.
  blockers: ofCatalog(raw(
    `SELECT DISTINCT a.pid AS id, a.application_name AS application, a.usename::text AS "user",
  coalesce(host(a.client_addr), 'a local socket') AS address,
  extract(epoch FROM clock_timestamp() - a.xact_start)::int AS seconds
FROM pg_locks l
JOIN pg_stat_activity a USING (pid)
WHERE l.granted AND a.pid <> pg_backend_pid() AND l.locktype = 'relation'
  AND l.mode = 'AccessExclusiveLock'
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY seconds DESC NULLS LAST
LIMIT 3`,
  )),
};
