/**
 * A session's named lock. It ends with the session, so that a killed run leaves nothing behind.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { sql } from "../../../sql/statement.ts";
import type { LockHolder } from "../../locks.ts";
import type { LockAttempt } from "../../shared/waiting.ts";

// Named locks belong to the server; their names may have 64 characters, so a long one is hashed;
// MySQL 9 has no MD5() any more.
const LOCK_NAME = sql`IF(
  CHAR_LENGTH(DATABASE()) <= 40,
  CONCAT('mistral-db-manage.', DATABASE()),
  CONCAT('mistral-db-manage.', LEFT(SHA2(DATABASE(), 256), 40))
)`;

async function findHolder(database: Database): Promise<LockHolder | null> {
  const [row] = await database.query(sql`
    SELECT l.id AS id, p.USER AS user, p.HOST AS host
    FROM (SELECT IS_USED_LOCK(${LOCK_NAME}) AS id) l
    LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.id`);
  if (!row || row.id === null) return null;
  const who = row.user === null ? "" : ` of user "${row.user}" from ${row.host}`;
  return { description: `server connection ${row.id}${who}` };
}

/** The lock of a session; other runs on the same database of this server do not get it. */
export function namedLock(database: Database): LockAttempt {
  return {
    async tryLock() {
      const [row] = await database.query(sql`SELECT GET_LOCK(${LOCK_NAME}, 0) AS locked`);
      return Number(row!.locked) === 1;
    },
    findHolder: () => findHolder(database),
    async release() {
      await database.query(sql`SELECT RELEASE_LOCK(${LOCK_NAME})`);
    },
  };
}
