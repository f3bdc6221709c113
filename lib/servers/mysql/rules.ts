/**
 * What MySQL and MariaDB make of operations.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";
import type { ReferentialAction, SchemaState } from "../../schema/schema.ts";
import { storedDefault } from "../shared/defaults.ts";
import { throughDefault } from "../shared/fill.ts";
import { withCollation } from "./sql/collation.ts";
import { consequences, names, prerequisites } from "./sql/names.ts";
import { storedType } from "./sql/types.ts";
import type { ServerRules } from "../../operations/server_rules.ts";

/** Without a default, existing rows get the type's zero, also in strict mode. */
function filled(change: Change<"add", "columns">): readonly Change[] {
  const { item, fill } = change;
  const isZero = !fill && !item.nullable && !item.default;
  return isZero ? [{ ...change, fill: null }] : throughDefault(change);
}

/** What MySQL and MariaDB make of operations. */
export const rules: ServerRules = Object.freeze({
  dialect: "mysql",
  names,
  storedType,
  storedDefault,
  // InnoDB checks both at once, and MariaDB shows the one as the other.
  storedAction: (action: ReferentialAction) => action === "RESTRICT" ? "NO ACTION" : action,
  uniqueIndexIsConstraint: true,
  filled,
  fillsInCatalog: true,
  creating: (change: Change<"createTable">, before: SchemaState) => ({
    ...change,
    table: withCollation(change.table, before),
  }),
  prerequisites,
  consequences,
});
