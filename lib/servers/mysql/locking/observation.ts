/**
 * What a session of MySQL or MariaDB is doing.
 *
 * Sources: https://mariadb.com/kb/en/progress-reporting/,
 * https://dev.mysql.com/doc/refman/8.4/en/monitor-alter-table-performance-schema.html
 *
 * @module
 */
import { raw, sql, type Statement } from "../../../sql/statement.ts";
import { statements } from "../../step.ts";
import { isAtLeast } from "../../effect.ts";
import type { Mark, Observation } from "../../locking/observation.ts";

/** The named lock of a mark; only hexadecimal digits are put between the quotes. */
const lockName = (mark: Mark): Statement => raw(`'mistral-db-manage.${mark}'`);

/** Who holds it, on this server. */
const holder = (mark: Mark): Statement => sql`IS_USED_LOCK(${lockName(mark)})`;

/** No session has this number. 0, which NULL would become, is that of the server's own threads. */
const NOBODY = raw("9223372036854775807");

/** A statement of several stages tells a percentage of each. */
const ofMariadb = (mark: Mark): Statement =>
  sql`SELECT state AS phase, (stage - 1) * 100 + progress AS done, max_stage * 100 AS total
FROM information_schema.processlist
WHERE id = ${holder(mark)} AND max_stage > 0`;

/** There are rows only where an administrator has turned the consumer of stages on. */
const ofMysql = (mark: Mark): Statement =>
  sql`SELECT SUBSTRING_INDEX(event_name, '/', -1) AS phase, work_completed AS done,
  work_estimated AS total
FROM performance_schema.events_stages_current
JOIN performance_schema.threads USING (thread_id)
WHERE processlist_id = ${holder(mark)}`;

/** The two servers tell it in different places. */
export const observation: Observation = {
  // In older versions GET_LOCK releases what the session had locked before: the run's own lock.
  canMark: (version) => isAtLeast(version, version.product === "MariaDB" ? [10, 0, 2] : [5, 7, 5]),
  mark: (mark) => sql`SELECT GET_LOCK(${lockName(mark)}, 0) AS marked`,
  unmark: (mark) => sql`SELECT RELEASE_LOCK(${lockName(mark)})`,
  // On a cluster a question would otherwise wait for the very statement that it is about.
  prepare: ({ cluster }) => cluster ? statements("SET SESSION wsrep_sync_wait = 0") : [],
  sees: (mark) => sql`SELECT ${holder(mark)} IS NOT NULL AS seen`,
  progress: (mark, { product }) => product === "MariaDB" ? ofMariadb(mark) : ofMysql(mark),
  cancel: (mark) => sql`KILL QUERY IFNULL(${holder(mark)}, ${NOBODY})`,
};
