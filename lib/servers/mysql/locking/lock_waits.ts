/**
 * How MySQL and MariaDB wait for the locks of tables.
 *
 * @module
 */
import { raw } from "../../../sql/statement.ts";
import { statements } from "../../step.ts";
import type { LockWaits } from "../../locking/lock_waits.ts";

/**
 * The server reports the holders of metadata locks only if that is enabled, so this lists the open
 * transactions of the database instead.
 */
const OPEN_TRANSACTIONS = raw(
  `SELECT p.id AS id, '' AS application, p.user AS user, p.host AS address,
  TIMESTAMPDIFF(SECOND, t.trx_started, NOW()) AS seconds
FROM information_schema.innodb_trx t
JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
WHERE p.id <> CONNECTION_ID() AND p.db = DATABASE()
ORDER BY seconds DESC
LIMIT 3`,
);

/** Metadata locks of tables, and InnoDB's locks of rows; both count whole seconds. */
export const lockWaits: LockWaits = {
  limit: (seconds) => {
    const whole = Math.max(1, Math.ceil(seconds));
    return statements(
      `SET SESSION lock_wait_timeout = ${whole}, SESSION innodb_lock_wait_timeout = ${whole}`,
    );
  },
  reset: statements(
    "SET SESSION lock_wait_timeout = DEFAULT, SESSION innodb_lock_wait_timeout = DEFAULT",
  ),
  limitReads: (seconds) =>
    statements(
      `SET SESSION lock_wait_timeout = LEAST(@@SESSION.lock_wait_timeout, ${Math.ceil(seconds)})`,
    ),
  timedOut: "1205",
  // ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK
  passing: ["1205", "1213"],
  holders: () => OPEN_TRANSACTIONS,
  blockers: OPEN_TRANSACTIONS,
};
