/**
 * The frame around everything that takes effect together.
 *
 * @module
 */
import type { Transaction } from "../servers/sql/transactions.ts";
import type { Database } from "../servers/database.ts";
import type { EngineOptions } from "./options.ts";
import type { Statement } from "../sql/statement.ts";

/** Executes statements one after another. */
export async function executeAll(
  database: Database,
  statements: readonly Statement[],
): Promise<void> {
  for (const statement of statements) await database.execute(statement);
}

/** Undoes a transaction. A lost session has done so already; its loss must not hide what went wrong. */
export async function rollBack(database: Database, { rollback }: Transaction): Promise<void> {
  await executeAll(database, rollback).catch(() => {});
}

/**
 * Does something in one transaction.
 *
 * @param beginChange Called before the commit, which must not be cut short.
 * @throws What `action` throws, after the transaction was rolled back.
 */
export async function inTransaction<T>(
  database: Database,
  transaction: Transaction,
  action: () => Promise<T>,
  beginChange?: EngineOptions["beginChange"],
): Promise<T> {
  await executeAll(database, transaction.begin);
  try {
    const result = await action();
    using _change = beginChange?.();
    await executeAll(database, transaction.commit);
    return result;
  } catch (error) {
    await rollBack(database, transaction);
    throw error;
  }
}
