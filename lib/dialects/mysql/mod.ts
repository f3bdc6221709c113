/**
 * MySQL and MariaDB.
 *
 * @module
 */
import type { Dialect } from "../dialect.ts";
import { compile } from "./compile.ts";
import { introspect, tableNames } from "./introspect.ts";
import { lock } from "./lock.ts";
import { consequences, names } from "./names.ts";
import { storedType } from "./types.ts";

/** MySQL and MariaDB: every statement on the schema commits at once. */
export const mysql: Dialect = Object.freeze({
  name: "mysql",
  implementation: "MySQLImpl",
  transactionalDdl: false,
  transaction: { begin: [], beforeCommit: [], commit: [], rollback: [] },
  names,
  storedType,
  consequences,
  compile,
  tableNames,
  introspect,
  lock,
});
