/**
 * What can be asked of SQLite.
 *
 * @module
 */
import { literal } from "./sql/literals.ts";
import { raw } from "../../sql/statement.ts";
import { defaultsCompared } from "../shared/defaults.ts";
import { assumedVersion, readFacts, readPlace, readVersion } from "./reading/facts.ts";
import { introspect } from "./reading/introspect.ts";
import { TABLES } from "./reading/tables.ts";
import type { Catalog } from "../catalog.ts";

/** What can be asked of SQLite. */
export const catalog = Object.freeze<Catalog>({
  tables: TABLES,
  introspect,
  // It comes with the program.
  products: { SQLite: { oldest: [3, 35], tested: "3.45 and newer", numbers: 3 } },
  readVersion,
  assumedVersion,
  readPlace,
  readFacts,
  // A file that cannot be written to says so at the first statement.
  whyReadOnly: raw("SELECT NULL AS reason"),
  strangers: () => Promise.resolve([]),
  sameDefault: defaultsCompared(literal, (left, right) => `${left} IS ${right}`),
  sameText: (left: string, right: string) => left === right,
  whyTypeMayStay: () => null,
  textBytes: () => null,
});
