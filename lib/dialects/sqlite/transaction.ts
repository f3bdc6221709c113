/**
 * SQLite's transactions. One that drops tables, as a rebuild does, switches foreign keys off:
 * dropping a table deletes its rows first, which would cascade into the tables that refer to it.
 *
 * @module
 */
import { statements, type Step, type Transaction } from "../dialect.ts";
import { dropsTables } from "./compile.ts";

const plain: Transaction = {
  begin: statements("BEGIN IMMEDIATE"),
  commit: statements("COMMIT"),
  rollback: statements("ROLLBACK"),
};

// No statement of SQLite fails on request, but storing a row that a constraint forbids does.
const CHECK = statements(
  `CREATE TEMPORARY TABLE "foreign_key_violations" (
  "table" TEXT,
  CONSTRAINT "rows refer to rows that are not there" CHECK (FALSE)
)`,
  `INSERT INTO "foreign_key_violations"\nSELECT "table"\nFROM pragma_foreign_key_check`,
  `DROP TABLE "foreign_key_violations"`,
);

// The switch does nothing inside of a transaction.
const withoutForeignKeys: Transaction = {
  begin: [...statements("PRAGMA foreign_keys = OFF"), ...plain.begin],
  commit: [...CHECK, ...plain.commit, ...statements("PRAGMA foreign_keys = ON")],
  rollback: [...plain.rollback, ...statements("PRAGMA foreign_keys = ON")],
};

/** What begins and ends a transaction that holds these steps. */
export function transactionOf(steps: readonly Step[]): Transaction {
  return dropsTables(steps) ? withoutForeignKeys : plain;
}
