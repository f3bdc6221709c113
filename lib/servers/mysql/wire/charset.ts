/**
 * The character set of a session on MySQL: always utf8mb4, which has every character.
 *
 * The login says so already, but a server with `skip-character-set-client-handshake` does not listen,
 * `init_connect` can change it, and a proxy can have a mind of its own. In another character set text
 * would be stored damaged without an error.
 *
 * @module
 */
import { raw } from "../../../sql/statement.ts";
import type { Database } from "../../database.ts";
import { type Attempt, cannotConnect, lasting } from "../../connecting/failures.ts";

/** The collation of {@linkcode COLLATION}, so that a session is the same as after the login. */
const CHOICE = raw("SET NAMES utf8mb4 COLLATE utf8mb4_general_ci");

// A node of Galera that is not ready answers SHOW, but no SELECT.
const QUESTION = raw(`SHOW SESSION VARIABLES WHERE Variable_name IN
('character_set_client', 'character_set_connection', 'character_set_results')`);

/**
 * Makes a session use utf8mb4.
 *
 * @throws {ConnectionError} When it does not.
 */
export async function useUtf8mb4(database: Database, attempt: Attempt): Promise<void> {
  await database.execute(CHOICE);
  const rows = await database.query(QUESTION);
  const wrong = rows.find((row) => row.Value !== "utf8mb4");
  if (rows.length > 0 && wrong === undefined) return;
  const state = wrong === undefined ? "" : `: ${wrong.Variable_name} is ${wrong.Value}`;
  throw cannotConnect(
    attempt,
    lasting(
      `the session does not use utf8mb4 although it was told to${state}`,
      "check the proxy between this program and the server",
    ),
  );
}
