/**
 * How MySQL and MariaDB spell what is to be done.
 *
 * @module
 */
import { literal } from "./sql/literals.ts";
import { statements } from "../step.ts";
import type { Transaction, Transactions } from "../sql/transactions.ts";
import { compile } from "./sql/compile.ts";
import type { Spelling } from "../spelling.ts";

const end = { commit: statements("COMMIT"), rollback: statements("ROLLBACK") };

/** Statements on the schema commit at once: what stands around them would have no effect. */
const none: Transaction = { begin: [], commit: [], rollback: [] };

const transactions: Transactions = {
  schema: () => none,
  rows: { begin: statements("BEGIN"), ...end },
  readOnly: { begin: statements("START TRANSACTION READ ONLY"), ...end },
};

/** How MySQL and MariaDB spell what is to be done. */
export const spelling: Spelling = Object.freeze({
  transactionalDdl: false,
  transactions,
  newTable: {
    takesLaterForeignKeys: false,
    keepsEqualUniques: true,
    putsImplicitIndexesLast: true,
  },
  compile,
  literal,
  journal: {
    timeType: "DATETIME(6)",
    now: "UTC_TIMESTAMP(6)",
    user: "CURRENT_USER()",
    asText: (column: string) => `DATE_FORMAT(${column}, '%Y-%m-%dT%H:%i:%s.%fZ')`,
  },
});
