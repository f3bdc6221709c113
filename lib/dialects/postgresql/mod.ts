/**
 * PostgreSQL.
 *
 * @module
 */
import { type Dialect, statements } from "../dialect.ts";
import { compile } from "./compile.ts";
import { introspect, tableNames } from "./introspect.ts";
import { lock } from "./lock.ts";
import { names } from "./names.ts";
import { storedType } from "./types.ts";

/** PostgreSQL: a migration is one transaction, and every constraint has a name. */
export const postgresql: Dialect = Object.freeze({
  name: "postgresql",
  implementation: "PostgresqlImpl",
  transactionalDdl: true,
  transaction: {
    begin: statements("BEGIN"),
    beforeCommit: [],
    commit: statements("COMMIT"),
    rollback: statements("ROLLBACK"),
  },
  names,
  storedType,
  consequences: () => [],
  compile,
  tableNames,
  introspect,
  lock,
});
