/**
 * What a server begins and ends transactions with.
 *
 * @module
 */
import type { Statement } from "../../sql/statement.ts";
import type { Step } from "../step.ts";

/** The statements around others that take effect together; empty where the server cannot do that. */
export interface Transaction {
  /** What comes before. */
  readonly begin: readonly Statement[];
  /** What comes after and makes all of it last. */
  readonly commit: readonly Statement[];
  /** What undoes all of it. */
  readonly rollback: readonly Statement[];
}

/** Whether what it holds takes effect together; the server commits each statement at once otherwise. */
export const isAtomic = ({ begin }: Transaction): boolean => begin.length > 0;

/** The three uses of transactions, and how the server begins and ends each. */
export interface Transactions {
  /** Around steps that change the schema; empty where the server commits each of them at once. */
  schema(steps: readonly Step[]): Transaction;
  /** Around statements that change rows alone, and may be rolled back everywhere. */
  readonly rows: Transaction;
  /** Around questions: the server refuses to change anything meanwhile. */
  readonly readOnly: Transaction;
}
