/**
 * How SQLite spells what is to be done.
 *
 * @module
 */
import { literal } from "./sql/literals.ts";
import { compile } from "./sql/compile.ts";
import { transactions } from "./sql/transaction.ts";
import type { Spelling } from "../spelling.ts";

/** How SQLite spells what is to be done. */
export const spelling: Spelling = Object.freeze({
  transactionalDdl: true,
  transactions,
  newTable: {
    takesLaterForeignKeys: true,
    keepsEqualUniques: true,
    putsImplicitIndexesLast: false,
  },
  compile,
  literal,
  journal: {
    timeType: "DATETIME",
    now: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    user: "''",
    asText: (column: string) => column,
  },
});
