/**
 * SQLite.
 *
 * @module
 */
import { type Dialect, statements } from "../dialect.ts";
import { compile } from "./compile.ts";
import { introspect, tableNames } from "./introspect.ts";
import { lock } from "./lock.ts";
import { names } from "./names.ts";
import { storedType } from "./types.ts";

/** SQLite: a migration is one transaction, and most changes rebuild the table. */
export const sqlite: Dialect = Object.freeze({
  name: "sqlite",
  implementation: "SQLiteImpl",
  transactionalDdl: true,
  transaction: {
    // Dropping a table deletes its rows first, which would cascade into the tables that refer to
    // it; and the switch does nothing inside of a transaction.
    begin: statements("PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE"),
    // No statement of SQLite fails on request, but a constraint that cannot hold does.
    beforeCommit: statements(
      `CREATE TEMPORARY TABLE "foreign_key_violations" (
  "table" TEXT,
  CONSTRAINT "rows refer to rows that are not there" CHECK (FALSE)
)`,
      `INSERT INTO "foreign_key_violations"\nSELECT "table"\nFROM pragma_foreign_key_check`,
      `DROP TABLE "foreign_key_violations"`,
    ),
    commit: statements("COMMIT", "PRAGMA foreign_keys = ON"),
    rollback: statements("ROLLBACK", "PRAGMA foreign_keys = ON"),
  },
  names,
  storedType,
  consequences: () => [],
  compile,
  tableNames,
  introspect,
  lock,
});
