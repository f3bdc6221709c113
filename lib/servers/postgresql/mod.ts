/**
 * PostgreSQL.
 *
 * @module
 */
import type { Database } from "../database.ts";
import type { Default, ReferentialAction } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { literals } from "../../sql/literals.ts";
import { ofCatalog, raw, type Statement } from "../../sql/statement.ts";
import { defaultsCompared, storedDefault } from "../shared/defaults.ts";
import {
  type KnownTables,
  type Server,
  statements,
  type Transaction,
  type Transactions,
} from "../server.ts";
import { throughDefault } from "../shared/fill.ts";
import { NO_RULES } from "../session_rules.ts";
import { compile } from "./spelling.ts";
import { effects } from "./effects.ts";
import { assumedVersion, readFacts, readPlace, readVersion } from "./facts.ts";
import { announce, guard } from "./script.ts";
import { introspect } from "./catalog.ts";
import { lock } from "./locks.ts";
import { lockWaits } from "./lock_waits.ts";
import { names } from "./names.ts";
import { observation } from "./observation.ts";
import { findStrangers } from "./strangers.ts";
import { TABLES } from "./tables.ts";
import { storedType, typeText } from "./types.ts";

const end = { commit: statements("COMMIT"), rollback: statements("ROLLBACK") };

const transaction: Transaction = { begin: statements("BEGIN"), ...end };

const transactions: Transactions = {
  schema: () => transaction,
  rows: transaction,
  readOnly: { begin: statements("BEGIN READ ONLY"), ...end },
};

/** Compares as values of the column's type. */
const compared = defaultsCompared(literals.postgresql, (left, right, type) => {
  const as = typeText(type);
  return `CAST(${left} AS ${as}) IS NOT DISTINCT FROM CAST(${right} AS ${as})`;
});

/** A name with a schema in front of it: somebody's own function or operator. */
const FOREIGN = /[\w"]\s*\.\s*[A-Za-z_"]|OPERATOR\s*\(/i;

/** What the server itself has may be tried out; a function of somebody else may do anything. */
function sameDefault(left: Default, right: Default, type: ColumnType): Statement {
  const isForeign = [left, right].some((one) =>
    "sql" in one && FOREIGN.test(one.sql.replaceAll(/'(?:[^']|'')*'/g, "''"))
  );
  return ofCatalog(isForeign ? raw("SELECT 0 AS same") : compared(left, right, type));
}

/** PostgreSQL: a migration is one transaction, and every constraint has a name. */
export const postgresql: Server = Object.freeze({
  dialect: "postgresql",
  transactionalDdl: true,
  transactions,
  literal: literals.postgresql,
  client: {
    title: "PostgreSQL",
    directives: [],
    readAsUtf8: "SET client_encoding = 'UTF8';",
    usage: "psql -v ON_ERROR_STOP=1 -f FILE DATABASE",
  },
  newTable: { takesLaterForeignKeys: false, keepsEqualUniques: false },
  names,
  storedType,
  storedDefault,
  storedAction: (action: ReferentialAction) => action,
  sameDefault,
  uniqueIndexIsConstraint: false,
  filled: throughDefault,
  fillsInCatalog: true,
  prerequisites: () => [],
  consequences: () => [],
  compile,
  effects,
  readVersion,
  readPlace,
  readFacts,
  whyReadOnly: ofCatalog(raw(`SELECT CASE
  WHEN pg_is_in_recovery() THEN 'the server is a standby'
  WHEN current_setting('transaction_read_only') = 'on'
    THEN 'its sessions are read-only (default_transaction_read_only)'
END AS reason`)),
  session: NO_RULES,
  lockWaits,
  observation,
  journal: {
    timeType: "TIMESTAMP",
    now: "clock_timestamp() AT TIME ZONE 'UTC'",
    user: "current_user",
    asText: (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  },
  assumedVersion,
  guard,
  announce,
  guardNeedsVersionTable: false,
  sameText: (left: string, right: string) => left === right,
  textBytes: () => null,
  strangers: async (database: Database, known: KnownTables) =>
    (await findStrangers(database, known)).objects,
  tables: TABLES,
  introspect,
  lock,
});
