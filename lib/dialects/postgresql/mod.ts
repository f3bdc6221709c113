/**
 * PostgreSQL.
 *
 * @module
 */
import type { ReferentialAction } from "../../schema/schema.ts";
import { literals } from "../../sql/literals.ts";
import { raw } from "../../sql/statement.ts";
import { defaultsCompared, storedDefault } from "../defaults.ts";
import { type Dialect, statements, type Transaction, type Transactions } from "../dialect.ts";
import { throughDefault } from "../fill.ts";
import { NO_RULES } from "../session.ts";
import { compile } from "./compile.ts";
import { effects } from "./effects.ts";
import { assumedServer, readFacts, readPlace, readServer } from "./facts.ts";
import { announce, guard } from "./guard.ts";
import { introspect } from "./introspect.ts";
import { lock } from "./lock.ts";
import { lockWaits } from "./lock_waits.ts";
import { names } from "./names.ts";
import { observation } from "./observation.ts";
import { storedType, typeText } from "./types.ts";

const end = { commit: statements("COMMIT"), rollback: statements("ROLLBACK") };

const transaction: Transaction = { begin: statements("BEGIN"), ...end };

const transactions: Transactions = {
  schema: () => transaction,
  rows: transaction,
  readOnly: { begin: statements("BEGIN READ ONLY"), ...end },
};

/** Compares as values of the column's type. */
const sameDefault = defaultsCompared(literals.postgresql, (left, right, type) => {
  const as = typeText(type);
  return `CAST(${left} AS ${as}) IS NOT DISTINCT FROM CAST(${right} AS ${as})`;
});

/** PostgreSQL: a migration is one transaction, and every constraint has a name. */
export const postgresql: Dialect = Object.freeze({
  name: "postgresql",
  transactionalDdl: true,
  transactions,
  literal: literals.postgresql,
  client: {
    title: "PostgreSQL",
    directives: [],
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
  readServer,
  readPlace,
  readFacts,
  whyReadOnly: raw(`SELECT CASE
  WHEN pg_is_in_recovery() THEN 'the server is a standby'
  WHEN current_setting('transaction_read_only') = 'on'
    THEN 'its sessions are read-only (default_transaction_read_only)'
END AS reason`),
  session: NO_RULES,
  lockWaits,
  observation,
  journal: {
    timeType: "TIMESTAMP",
    now: "clock_timestamp() AT TIME ZONE 'UTC'",
    user: "current_user",
    asText: (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  },
  assumedServer,
  guard,
  announce,
  guardNeedsVersionTable: false,
  sameText: (left: string, right: string) => left === right,
  textBytes: () => null,
  introspect,
  lock,
});
