/**
 * What can be asked of PostgreSQL.
 *
 * @module
 */
import type { Database } from "../database.ts";
import type { Default } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { literal } from "./sql/literals.ts";
import { ofCatalog, raw, type Statement } from "../../sql/statement.ts";
import { defaultsCompared } from "../shared/defaults.ts";
import { assumedVersion, readFacts, readPlace, readVersion } from "./reading/facts.ts";
import { introspect } from "./reading/introspect.ts";
import { findStrangers } from "./reading/strangers.ts";
import { TABLES } from "./reading/tables.ts";
import { typeText } from "./sql/types.ts";
import type { Catalog, KnownTables } from "../catalog.ts";

/** Compares as values of the column's type. */
const compared = defaultsCompared(literal, (left, right, type) => {
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

/** What can be asked of PostgreSQL. */
export const catalog = Object.freeze<Catalog>({
  tables: TABLES,
  introspect,
  products: { PostgreSQL: { oldest: [12, 0], tested: "12 to 18", numbers: 1 } },
  readVersion,
  assumedVersion,
  readPlace,
  readFacts,
  whyReadOnly: ofCatalog(raw(`SELECT CASE
  WHEN pg_is_in_recovery() THEN 'the server is a standby'
  WHEN current_setting('transaction_read_only') = 'on'
    THEN 'its sessions are read-only (default_transaction_read_only)'
END AS reason`)),
  strangers: async (database: Database, known: KnownTables) =>
    (await findStrangers(database, known)).objects,
  sameDefault,
  sameText: (left: string, right: string) => left === right,
  whyTypeMayStay: () => null,
  textBytes: () => null,
});
