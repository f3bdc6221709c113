/**
 * MySQL and MariaDB.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";
import type { ReferentialAction } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { literals } from "../../sql/literals.ts";
import { raw, sql } from "../../sql/statement.ts";
import { defaultsCompared, storedDefault } from "../shared/defaults.ts";
import { type Server, statements, type Transaction, type Transactions } from "../server.ts";
import { throughDefault } from "../shared/fill.ts";
import { compile } from "./spelling.ts";
import { effects } from "./effects.ts";
import { assumedVersion, readFacts, readPlace, readVersion } from "./facts.ts";
import { guard } from "./script.ts";
import { introspect } from "./catalog.ts";
import { lock } from "./locks.ts";
import { lockWaits } from "./lock_waits.ts";
import { consequences, names, prerequisites } from "./names.ts";
import { observation } from "./observation.ts";
import { session } from "./session_rules.ts";
import { TABLES } from "./tables.ts";
import { storedType } from "./types.ts";

const end = { commit: statements("COMMIT"), rollback: statements("ROLLBACK") };

/** Statements on the schema commit at once: what stands around them would have no effect. */
const none: Transaction = { begin: [], commit: [], rollback: [] };

const transactions: Transactions = {
  schema: () => none,
  rows: { begin: statements("BEGIN"), ...end },
  readOnly: { begin: statements("START TRANSACTION READ ONLY"), ...end },
};

/** CAST knows fewer types than columns do. */
function castType({ kind }: ColumnType): string {
  if (kind === "datetime") return "DATETIME";
  return kind === "integer" || kind === "boolean" ? "SIGNED" : "CHAR";
}

/** Texts differ by case as well. */
const sameDefault = defaultsCompared(literals.mysql, (left, right, type) => {
  const as = castType(type);
  return `BINARY CAST(${left} AS ${as}) <=> BINARY CAST(${right} AS ${as})`;
});

/** The usual collations do not tell case, nor blanks at the end. */
const sameText = (left: string, right: string): boolean =>
  left.trimEnd().toLowerCase() === right.trimEnd().toLowerCase();

/** Bytes that texts without a declared length can have. */
const TEXT_BYTES: Partial<Record<ColumnType["kind"], number>> = {
  text: 65_535,
  mediumText: 16_777_215,
};

/** Without a default, existing rows get the type's zero, also in strict mode. */
function filled(change: Change<"add", "columns">): readonly Change[] {
  const { item, fill } = change;
  const isZero = !fill && !item.nullable && !item.default;
  return isZero ? [{ ...change, fill: null }] : throughDefault(change);
}

/** MySQL and MariaDB: every statement on the schema commits at once. */
export const mysql: Server = Object.freeze({
  dialect: "mysql",
  transactionalDdl: false,
  transactions,
  literal: literals.mysql,
  client: {
    title: "MySQL and MariaDB",
    directives: [],
    readAsUtf8: "SET NAMES utf8mb4;",
    usage: "mariadb DATABASE < FILE",
  },
  newTable: { takesLaterForeignKeys: false, keepsEqualUniques: true },
  names,
  storedType,
  storedDefault,
  // InnoDB checks both at once, and MariaDB shows the one as the other.
  storedAction: (action: ReferentialAction) => action === "RESTRICT" ? "NO ACTION" : action,
  sameDefault,
  uniqueIndexIsConstraint: true,
  filled,
  fillsInCatalog: true,
  prerequisites,
  consequences,
  compile,
  effects,
  readVersion,
  readPlace,
  readFacts,
  // An administrator may write to a server that is read-only for others.
  whyReadOnly: raw(`SELECT CASE
  WHEN @@global.innodb_read_only THEN 'the server is read-only (innodb_read_only)'
  WHEN @@global.read_only AND NOT EXISTS (
    SELECT 1
    FROM information_schema.user_privileges
    WHERE REPLACE(privilege_type, '_', ' ') IN ('SUPER', 'READ ONLY ADMIN', 'CONNECTION ADMIN')
      AND grantee = CONCAT(
        QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)),
        '@',
        QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1))
      )
  ) THEN 'the server is read-only (read_only), as a replica is'
END AS reason`),
  session,
  lockWaits,
  observation,
  journal: {
    timeType: "DATETIME(6)",
    now: "UTC_TIMESTAMP(6)",
    user: "CURRENT_USER()",
    asText: (column: string) => `DATE_FORMAT(${column}, '%Y-%m-%dT%H:%i:%s.%fZ')`,
  },
  assumedVersion,
  guard,
  announce: (text: string) => sql`SELECT ${text} AS progress`,
  guardNeedsVersionTable: false,
  sameText,
  textBytes: ({ kind }: ColumnType) => TEXT_BYTES[kind] ?? null,
  strangers: () => Promise.resolve([]),
  tables: TABLES,
  introspect,
  lock,
});
