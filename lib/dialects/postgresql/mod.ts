/**
 * PostgreSQL.
 *
 * @module
 */
import type { ReferentialAction } from "../../schema/schema.ts";
import { storedDefault } from "../defaults.ts";
import { type Dialect, statements } from "../dialect.ts";
import { compile } from "./compile.ts";
import { guard } from "./guard.ts";
import { introspect } from "./introspect.ts";
import { lock } from "./lock.ts";
import { names } from "./names.ts";
import { storedType } from "./types.ts";

const transaction = {
  begin: statements("BEGIN"),
  commit: statements("COMMIT"),
  rollback: statements("ROLLBACK"),
};

/** PostgreSQL: a migration is one transaction, and every constraint has a name. */
export const postgresql: Dialect = Object.freeze({
  name: "postgresql",
  transactionalDdl: true,
  transactionOf: () => transaction,
  client: {
    title: "PostgreSQL",
    directives: [],
    usage: "psql -v ON_ERROR_STOP=1 -f FILE DATABASE",
  },
  names,
  storedType,
  storedDefault,
  storedAction: (action: ReferentialAction) => action,
  uniqueIndexIsConstraint: false,
  prerequisites: () => [],
  consequences: () => [],
  compile,
  guard,
  introspect,
  lock,
});
