/**
 * What SQLite really does with a statement: whether others can read and write meanwhile.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import type { Database } from "../../../lib/servers/database.ts";
import { raw, type Statement } from "../../../lib/sql/statement.ts";

function canDo(file: string, sql: string): boolean {
  const other = new DatabaseSync(file, { timeout: 0 });
  try {
    other.exec(sql);
    return true;
  } catch {
    return false;
  } finally {
    other.close();
  }
}

/** What others can do while a statement waits to be committed. */
export interface Access {
  readonly canRead: boolean;
  readonly canWrite: boolean;
}

/** Runs a statement in a transaction of its own; gives what others could do before it was committed. */
export async function othersDuring(
  connection: Database,
  file: string,
  statement: Statement,
): Promise<Access> {
  // As a run does where a table is rebuilt.
  await connection.execute(raw("PRAGMA foreign_keys = OFF"));
  await connection.execute(raw("BEGIN"));
  await connection.execute(statement);
  const access = {
    canRead: canDo(file, "SELECT COUNT(*) FROM sqlite_schema"),
    canWrite: canDo(file, "BEGIN IMMEDIATE"),
  };
  await connection.execute(raw("COMMIT"));
  return access;
}
