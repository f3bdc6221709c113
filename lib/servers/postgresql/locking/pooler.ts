/**
 * Poolers, which stand between a program and the server and lend out the server's sessions: for as long
 * as a client stays, or for one transaction at a time. In the second case nothing that belongs to a session
 * lasts, its locks and settings included.
 *
 * Source: https://www.pgbouncer.org/features.html
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { ofCatalog, raw } from "../../../sql/statement.ts";

// Another server has sessions with the same numbers.
const SESSION = ofCatalog(raw(
  "SELECT pid || ' of ' || backend_start AS session FROM pg_stat_activity WHERE pid = pg_backend_pid()",
));

/** How often it is tried: somebody else may be lent the session in between. */
const TRIES = 5;

/** The server's session that a client has at this moment. */
async function sessionOf(database: Database): Promise<string> {
  const [row] = await database.query(SESSION);
  return String(row!.session);
}

/**
 * Whether a second client is lent the session that the first has just used. A pooler lends out the one
 * that was used last.
 */
export async function isLentOut(database: Database): Promise<boolean> {
  await using second = await database.openAnother();
  for (let tries = 0; tries < TRIES; tries++) {
    if (await sessionOf(database) === await sessionOf(second)) return true;
  }
  return false;
}
