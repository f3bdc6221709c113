/**
 * MySQL and MariaDB.
 *
 * @module
 */
import type { Dialect } from "../dialect.ts";
import { compile } from "./compile.ts";
import { guard } from "./guard.ts";
import { introspect, tableNames } from "./introspect.ts";
import { lock } from "./lock.ts";
import { consequences, names } from "./names.ts";
import { storedType } from "./types.ts";

/** MySQL and MariaDB: every statement on the schema commits at once. */
export const mysql: Dialect = Object.freeze({
  name: "mysql",
  implementation: "MySQLImpl",
  transactionalDdl: false,
  transactionOf: () => ({ begin: [], commit: [], rollback: [] }),
  client: { title: "MySQL and MariaDB", directives: [], usage: "mariadb DATABASE < FILE" },
  names,
  storedType,
  consequences,
  compile,
  tableNames,
  guard,
  introspect,
  lock,
});
