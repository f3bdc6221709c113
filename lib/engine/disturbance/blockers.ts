/**
 * Whom a question waits for that is not answered.
 *
 * @module
 */
import type { Database } from "../../servers/database.ts";
import { holderInWords } from "./blocked.ts";

/** Seconds that a question waits for the lock of a table. */
export const READ_LOCK_SECONDS = 30;

/** Why a question was given up, and what to do; without a session nobody can be asked who is in the way. */
export async function blockersInWords(database: Database | null): Promise<string> {
  const question = database && database.server.locks.lockWaits.blockers;
  const rows = question ? await database.query(question) : [];
  const who = rows.length > 0 ? rows.map(holderInWords).join("; ") : "another session";
  return `Cannot read the database: ${who} has locked a table; end that session, or wait until it ` +
    "is done and try again";
}
