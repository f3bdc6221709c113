/**
 * How PostgreSQL spells what is to be done.
 *
 * @module
 */
import { literal } from "./sql/literals.ts";
import { statements } from "../step.ts";
import type { Transaction, Transactions } from "../sql/transactions.ts";
import { compile } from "./sql/compile.ts";
import type { Spelling } from "../spelling.ts";

const end = { commit: statements("COMMIT"), rollback: statements("ROLLBACK") };

const transaction: Transaction = { begin: statements("BEGIN"), ...end };

const transactions: Transactions = {
  schema: () => transaction,
  rows: transaction,
  readOnly: { begin: statements("BEGIN READ ONLY"), ...end },
};

/** How PostgreSQL spells what is to be done. */
export const spelling: Spelling = Object.freeze({
  transactionalDdl: true,
  transactions,
  newTable: {
    takesLaterForeignKeys: false,
    keepsEqualUniques: false,
    putsImplicitIndexesLast: false,
  },
  compile,
  literal,
  journal: {
    timeType: "TIMESTAMP",
    now: "clock_timestamp() AT TIME ZONE 'UTC'",
    user: "current_user",
    asText: (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  },
});
