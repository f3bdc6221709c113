/**
 * Transactions that change rows and no tables, which MySQL has too.
 *
 * @module
 */
import type { Connection, DialectName } from "../drivers/connection.ts";
import { raw } from "../sql/statement.ts";

const BEGIN: Readonly<Record<DialectName, string>> = {
  postgresql: "BEGIN",
  mysql: "BEGIN",
  // Without IMMEDIATE a writer that was first would make ours fail after it has read.
  sqlite: "BEGIN IMMEDIATE",
};

/**
 * Does something in one transaction.
 *
 * @throws What `action` throws, after the transaction was rolled back.
 */
export async function inRowTransaction<T>(
  connection: Connection,
  action: () => Promise<T>,
): Promise<T> {
  await connection.execute(raw(BEGIN[connection.dialect]));
  try {
    const result = await action();
    await connection.execute(raw("COMMIT"));
    return result;
  } catch (error) {
    // A lost session has rolled back already; its loss must not hide what went wrong.
    await connection.execute(raw("ROLLBACK")).catch(() => {});
    throw error;
  }
}
