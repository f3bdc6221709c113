/**
 * SQLite.
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
import { names } from "./names.ts";
import { transactionOf } from "./transaction.ts";
import { storedType } from "./types.ts";

/** SQLite: a migration is one transaction, and most changes rebuild the table. */
export const sqlite: Dialect = Object.freeze({
  name: "sqlite",
  transactionalDdl: true,
  transactionOf,
  // Without this directive sqlite3 goes on after an error.
  client: { title: "SQLite", directives: [".bail on"], usage: "sqlite3 DATABASE < FILE" },
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
