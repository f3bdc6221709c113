/**
 * A session's advisory lock. It ends with the session, so that a killed run leaves nothing behind.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { OperatorError } from "../../../errors.ts";
import { ofCatalog, raw, sql } from "../../../sql/statement.ts";
import type { Lock, LockHolder, LockOptions } from "../../locks.ts";
import { waitForLock } from "../../shared/waiting.ts";
import { isLentOut } from "./pooler.ts";
import { FIRST_SCHEMA } from "../reading/tables.ts";

/** The first half of the lock's key: any number that no other program is likely to use. */
const LOCK_CLASS = 1_297_306_707;

// Advisory locks belong to a database; the second half tells schemas in it apart.
const LOCK_OBJECT = raw(`hashtext(coalesce(${FIRST_SCHEMA}::text, ''))`);

const IS_OUR_LOCK = sql`l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid::bigint = ${LOCK_CLASS}::bigint
      AND l.objid::bigint = (${LOCK_OBJECT})::bigint & 4294967295`;

async function findHolder(database: Database): Promise<LockHolder | null> {
  const [row] = await database.query(ofCatalog(sql`
    SELECT a.pid AS pid, a.application_name AS application, a.usename::text AS "user",
      coalesce(host(a.client_addr), 'a local socket') AS address,
      to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS') AS since
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE ${IS_OUR_LOCK}`));
  if (!row) return null;
  const application = row.application ? ` (${row.application})` : "";
  return {
    description: `server process ${row.pid}${application} of user "${row.user}" from ` +
      `${row.address}, connected since ${row.since}`,
  };
}

/** Whether the server's session that answers has the lock. */
async function hasLock(database: Database): Promise<boolean> {
  const rows = await database.query(
    ofCatalog(sql`SELECT 1 FROM pg_locks l WHERE l.pid = pg_backend_pid() AND ${IS_OUR_LOCK}`),
  );
  return rows.length > 0;
}

const lentOut = (): OperatorError =>
  new OperatorError({
    failed: "Cannot lock the database",
    because:
      "the connection goes through a pooler that lends out a session of the server for one " +
      "transaction at a time (pool_mode=transaction), so that no lock lasts",
    remedy: "name the server itself in the connection URL, or a pool with pool_mode=session",
  });

/** Keeps other runs on the same database and schema waiting until disposed. */
export async function lock(database: Database, options: LockOptions): Promise<Lock> {
  const { isPooled } = database;
  if (isPooled && await isLentOut(database)) throw lentOut();
  return await waitForLock({
    // Polled: waiting inside of the server would hold back VACUUM and CREATE INDEX CONCURRENTLY.
    async tryLock() {
      // A session may have its lock twice, so two runs that are lent the same one would both go on.
      if (isPooled && await hasLock(database)) throw lentOut();
      const [row] = await database.query(
        ofCatalog(sql`SELECT pg_try_advisory_lock(${LOCK_CLASS}::int, ${LOCK_OBJECT}) AS locked`),
      );
      return row!.locked === true;
    },
    findHolder: () => findHolder(database),
    async confirm() {
      if (isPooled && !await hasLock(database)) throw lentOut();
    },
    async release() {
      await database.query(
        ofCatalog(sql`SELECT pg_advisory_unlock(${LOCK_CLASS}::int, ${LOCK_OBJECT})`),
      );
    },
  }, options);
}
