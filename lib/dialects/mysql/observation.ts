/**
 * What a session of MySQL or MariaDB is doing.
 *
 * Sources: https://mariadb.com/kb/en/progress-reporting/,
 * https://dev.mysql.com/doc/refman/8.4/en/monitor-alter-table-performance-schema.html
 *
 * @module
 */
import { raw, sql, type Statement } from "../../sql/statement.ts";
import { statements } from "../dialect.ts";
import type { Observation } from "../observation.ts";

/** A statement of several stages tells a percentage of each. */
const ofMariadb = (id: number): Statement =>
  sql`SELECT state AS phase, (stage - 1) * 100 + progress AS done, max_stage * 100 AS total
FROM information_schema.processlist
WHERE id = ${id} AND max_stage > 0`;

/** There are rows only where an administrator has turned the consumer of stages on. */
const ofMysql = (id: number): Statement =>
  sql`SELECT SUBSTRING_INDEX(event_name, '/', -1) AS phase, work_completed AS done,
  work_estimated AS total
FROM performance_schema.events_stages_current
JOIN performance_schema.threads USING (thread_id)
WHERE processlist_id = ${id}`;

/** The two servers tell it in different places. */
export const observation: Observation = {
  // On a cluster a question would otherwise wait for the very statement that it is about.
  prepare: ({ cluster }) => cluster ? statements("SET SESSION wsrep_sync_wait = 0") : [],
  session: raw("SELECT CONNECTION_ID() AS id"),
  cancel: (id) => raw(`KILL QUERY ${id}`),
  progress: (id, { product }) => product === "MariaDB" ? ofMariadb(id) : ofMysql(id),
};
