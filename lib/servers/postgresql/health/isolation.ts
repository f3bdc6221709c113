/**
 * The isolation with which a session on PostgreSQL begins.
 *
 * @module
 */
import { raw } from "../../../sql/statement.ts";
import type { Database } from "../../database.ts";
import type { Isolation } from "../../health.ts";
import { quote } from "../sql/compile.ts";

// The setting can be that of the server, the database, the role, or the role in the database, which
// counts most, but for the URL's options.
const SETTING = raw(`SELECT setting AS level, source AS source, current_user AS "user",
  current_database() AS database
FROM pg_settings
WHERE name = 'default_transaction_isolation'`);

/** PostgreSQL takes the lower level for the same. */
const SAME = ["READ COMMITTED", "READ UNCOMMITTED"];

/** Asks for it, and for what decides on it. */
export async function isolation(database: Database): Promise<Isolation> {
  const [row] = await database.query(SETTING);
  const { level, source, user, database: name } = row!;
  const remedy = source === "client"
    ? "Remove default_transaction_isolation from the options in the URL of [database] connection"
    : `Run ALTER ROLE ${quote(String(user))} IN DATABASE ${quote(String(name))} ` +
      "SET default_transaction_isolation = 'read committed', and restart Mistral's services";
  const inWords = String(level).toUpperCase();
  return { level: inWords, isReadCommitted: SAME.includes(inWords), remedy, obstacle: null };
}
