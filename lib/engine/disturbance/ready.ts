/**
 * Making a session fit to change a database.
 *
 * @module
 */
import type { Obstacle } from "../../servers/session_rules.ts";
import type { Database } from "../../servers/database.ts";
import { DatabaseError, OperatorError } from "../../errors.ts";
import { executeAll } from "../transaction.ts";

/** Sets the session up; tells why nothing must be changed through it, or null. */
export async function makeReady(database: Database): Promise<Obstacle | null> {
  const { catalog: { whyReadOnly }, locks: { session } } = database.server;
  const [row] = await database.query(whyReadOnly);
  if (row!.reason !== null) {
    return { why: String(row!.reason), remedy: "name the server that takes changes" };
  }
  try {
    await executeAll(database, session.settings);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { why: error.message, remedy: "correct the server's settings" };
  }
  return await session.obstacle(database);
}

/** The error for an obstacle. */
export const refusal = ({ why, remedy }: Obstacle): OperatorError =>
  new OperatorError({ failed: "Cannot change the database", because: why, remedy });

/**
 * Makes sure that the session can change the database without doing harm.
 *
 * @throws {OperatorError} When it cannot.
 */
export async function refuseUnready(database: Database): Promise<void> {
  const obstacle = await makeReady(database);
  if (obstacle !== null) throw refusal(obstacle);
}

/**
 * Makes sure that the server does to these tables what it is told.
 *
 * @throws {OperatorError} When it does not.
 */
export async function refuseTables(
  database: Database,
  tables: readonly string[],
): Promise<void> {
  const { session } = database.server.locks;
  const obstacle = await session.tablesObstacle(database, tables);
  if (obstacle !== null) throw refusal(obstacle);
}
