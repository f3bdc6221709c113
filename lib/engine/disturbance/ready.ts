/**
 * Making a session fit to change a database.
 *
 * @module
 */
import type { Dialect } from "../../servers/dialect.ts";
import { dialects } from "../../servers/mod.ts";
import type { Obstacle } from "../../servers/session_rules.ts";
import type { Connection } from "../../servers/database.ts";
import { DatabaseError, OperatorError } from "../../errors.ts";
import { executeAll } from "../transaction.ts";

/** Sets the session up; tells why nothing must be changed through it, or null. */
export async function makeReady(
  connection: Connection,
  { whyReadOnly, session }: Dialect,
): Promise<Obstacle | null> {
  const [row] = await connection.query(whyReadOnly);
  if (row!.reason !== null) {
    return { why: String(row!.reason), remedy: "name the server that takes changes" };
  }
  try {
    await executeAll(connection, session.settings);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { why: error.message, remedy: "correct the server's settings" };
  }
  return await session.obstacle(connection);
}

/** The error for an obstacle. */
export const refusal = ({ why, remedy }: Obstacle): OperatorError =>
  new OperatorError(`Cannot change the database: ${why}; ${remedy}`, { remedy });

/**
 * Makes sure that the session can change the database without doing harm.
 *
 * @throws {OperatorError} When it cannot.
 */
export async function refuseUnready(connection: Connection, dialect: Dialect): Promise<void> {
  const obstacle = await makeReady(connection, dialect);
  if (obstacle !== null) throw refusal(obstacle);
}

/**
 * Makes sure that the server does to these tables what it is told.
 *
 * @throws {OperatorError} When it does not.
 */
export async function refuseTables(
  connection: Connection,
  tables: readonly string[],
): Promise<void> {
  const { session } = dialects[connection.dialect];
  const obstacle = await session.tablesObstacle(connection, tables);
  if (obstacle !== null) throw refusal(obstacle);
}
