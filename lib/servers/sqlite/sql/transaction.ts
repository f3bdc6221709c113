/**
 * SQLite's transactions. Foreign keys are not enforced, as is SQLite's default and upstream's way, before
 * a rebuild and after it. One that drops tables, as a rebuild does, makes sure of that: dropping a
 * table deletes its rows first, which would cascade into the tables that refer to it.
 *
 * @module
 */
import { statements } from "../../step.ts";
import type { Transaction, Transactions } from "../../sql/transactions.ts";
import { dropsTables } from "./compile.ts";

const plain: Transaction = {
  // Without IMMEDIATE a writer that was first would make ours fail after it has read.
  begin: statements("BEGIN IMMEDIATE"),
  commit: statements("COMMIT"),
  rollback: statements("ROLLBACK"),
};

/**
 * Rows that refer to nothing before are no business of ours: SQLite enforces foreign keys only on
 * request. No statement fails on request either, but one that breaks a constraint does.
 */
const VIOLATIONS = '"foreign_key_violations"';
const COUNT = "SELECT count(*) FROM pragma_foreign_key_check";

const countBefore = statements(
  `CREATE TEMPORARY TABLE ${VIOLATIONS} (
  "before" INTEGER,
  "after" INTEGER,
  CONSTRAINT "rows refer to rows that are not there, see PRAGMA foreign_key_check"
    CHECK ("after" <= "before")
)`,
  `INSERT INTO ${VIOLATIONS} ("before")\n${COUNT}`,
);

const checkAfter = statements(
  `UPDATE ${VIOLATIONS}\nSET "after" = (${COUNT})`,
  `DROP TABLE ${VIOLATIONS}`,
);

// This switch does nothing inside of a transaction.
const foreignKeysOff = statements("PRAGMA foreign_keys = OFF");

// Without this one a view or a trigger that reads the table stops its rebuild (SQLite 3.25 and newer).
const legacyAlter = (state: "ON" | "OFF") => statements(`PRAGMA legacy_alter_table = ${state}`);

const forRebuilds: Transaction = {
  begin: [...foreignKeysOff, ...legacyAlter("ON"), ...plain.begin, ...countBefore],
  commit: [...checkAfter, ...plain.commit, ...legacyAlter("OFF")],
  rollback: [...plain.rollback, ...legacyAlter("OFF")],
};

/** How transactions begin and end. */
export const transactions: Transactions = {
  schema: (steps) => dropsTables(steps) ? forRebuilds : plain,
  rows: plain,
  readOnly: {
    begin: statements("PRAGMA query_only = ON", "BEGIN"),
    commit: statements("COMMIT", "PRAGMA query_only = OFF"),
    rollback: statements("ROLLBACK", "PRAGMA query_only = OFF"),
  },
};
