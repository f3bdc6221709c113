/**
 * What can be asked of MySQL and MariaDB.
 *
 * @module
 */
import type { ColumnType } from "../../schema/types.ts";
import { literal } from "./sql/literals.ts";
import { raw } from "../../sql/statement.ts";
import { defaultsCompared } from "../shared/defaults.ts";
import { whyTypeMayStay } from "./sql/texts.ts";
import { assumedVersion, readFacts, readPlace, readVersion } from "./reading/facts.ts";
import { introspect } from "./reading/introspect.ts";
import { TABLES } from "./reading/tables.ts";
import type { Catalog } from "../catalog.ts";

/** CAST knows fewer types than columns do. */
function castType({ kind }: ColumnType): string {
  if (kind === "datetime") return "DATETIME";
  return kind === "integer" || kind === "boolean" ? "SIGNED" : "CHAR";
}

/** Texts differ by case as well. */
const sameDefault = defaultsCompared(literal, (left, right, type) => {
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

/** What can be asked of MySQL and MariaDB. */
export const catalog = Object.freeze<Catalog>({
  tables: TABLES,
  introspect,
  products: {
    MariaDB: { oldest: [10, 6], tested: "10.11 and 11.8", numbers: 3 },
    MySQL: { oldest: [8, 0], tested: "9.7", numbers: 3 },
  },
  readVersion,
  assumedVersion,
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
  strangers: () => Promise.resolve([]),
  sameDefault,
  sameText,
  whyTypeMayStay,
  textBytes: ({ kind }: ColumnType) => TEXT_BYTES[kind] ?? null,
});
