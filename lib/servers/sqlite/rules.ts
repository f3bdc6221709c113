/**
 * What SQLite makes of operations.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";
import type { ReferentialAction } from "../../schema/schema.ts";
import { storedDefault } from "../shared/defaults.ts";
import { names } from "../shared/names.ts";
import { storedType } from "./sql/types.ts";
import type { ServerRules } from "../../operations/server_rules.ts";

/** What SQLite makes of operations. */
export const rules: ServerRules = Object.freeze({
  dialect: "sqlite",
  names,
  storedType,
  storedDefault,
  storedAction: (action: ReferentialAction) => action,
  uniqueIndexIsConstraint: false,
  // A rebuild copies the rows, fill included.
  filled: (change: Change<"add", "columns">) => [change],
  fillsInCatalog: false,
  creating: (change: Change<"createTable">) => change,
  prerequisites: () => [],
  consequences: () => [],
});
