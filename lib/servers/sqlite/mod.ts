/**
 * SQLite.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";
import type { ReferentialAction } from "../../schema/schema.ts";
import { literals } from "../../sql/literals.ts";
import { raw, sql } from "../../sql/statement.ts";
import { defaultsCompared, storedDefault } from "../shared/defaults.ts";
import type { Server } from "../server.ts";
import { NO_RULES } from "../session_rules.ts";
import { compile } from "./spelling.ts";
import { effects } from "./effects.ts";
import { assumedVersion, readFacts, readPlace, readVersion } from "./facts.ts";
import { guard } from "./script.ts";
import { introspect } from "./catalog.ts";
import { lock } from "./locks.ts";
import { lockWaits } from "./lock_waits.ts";
import { names } from "./names.ts";
import { transactions } from "./transaction.ts";
import { TABLES } from "./tables.ts";
import { storedType } from "./types.ts";

/** SQLite: a migration is one transaction, and most changes rebuild the table. */
export const sqlite: Server = Object.freeze({
  dialect: "sqlite",
  transactionalDdl: true,
  transactions,
  literal: literals.sqlite,
  // Without this directive sqlite3 goes on after an error.
  client: {
    title: "SQLite",
    // A user's .sqliterc may say otherwise of foreign keys.
    directives: [".bail on", "PRAGMA foreign_keys = OFF;"],
    readAsUtf8: null,
    usage: "sqlite3 DATABASE < FILE",
  },
  newTable: { takesLaterForeignKeys: true, keepsEqualUniques: true },
  names,
  storedType,
  storedDefault,
  storedAction: (action: ReferentialAction) => action,
  sameDefault: defaultsCompared(literals.sqlite, (left, right) => `${left} IS ${right}`),
  uniqueIndexIsConstraint: false,
  // A rebuild copies the rows, fill included.
  filled: (change: Change<"add", "columns">) => [change],
  fillsInCatalog: false,
  prerequisites: () => [],
  consequences: () => [],
  compile,
  effects,
  readVersion,
  readPlace,
  readFacts,
  // A file that cannot be written to says so at the first statement.
  whyReadOnly: raw("SELECT NULL AS reason"),
  session: NO_RULES,
  lockWaits,
  observation: null,
  journal: {
    timeType: "DATETIME",
    now: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    user: "''",
    asText: (column: string) => column,
  },
  assumedVersion,
  guard,
  announce: (text: string) => sql`SELECT ${text} AS progress`,
  guardNeedsVersionTable: true,
  sameText: (left: string, right: string) => left === right,
  textBytes: () => null,
  strangers: () => Promise.resolve([]),
  tables: TABLES,
  introspect,
  lock,
});
