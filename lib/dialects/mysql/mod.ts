/**
 * MySQL and MariaDB.
 *
 * @module
 */
import type { ReferentialAction } from "../../schema/schema.ts";
import { storedDefault } from "../defaults.ts";
import type { Dialect } from "../dialect.ts";
import { compile } from "./compile.ts";
import { guard } from "./guard.ts";
import { introspect } from "./introspect.ts";
import { lock } from "./lock.ts";
import { consequences, names, prerequisites } from "./names.ts";
import { storedType } from "./types.ts";

/** MySQL and MariaDB: every statement on the schema commits at once. */
export const mysql: Dialect = Object.freeze({
  name: "mysql",
  transactionalDdl: false,
  transactionOf: () => ({ begin: [], commit: [], rollback: [] }),
  client: { title: "MySQL and MariaDB", directives: [], usage: "mariadb DATABASE < FILE" },
  names,
  storedType,
  storedDefault,
  // InnoDB checks both at once, and MariaDB shows the one as the other.
  storedAction: (action: ReferentialAction) => action === "RESTRICT" ? "NO ACTION" : action,
  uniqueIndexIsConstraint: true,
  prerequisites,
  consequences,
  compile,
  guard,
  introspect,
  lock,
});
