/**
 * What PostgreSQL makes of operations.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";
import type { ReferentialAction } from "../../schema/schema.ts";
import { storedDefault } from "../shared/defaults.ts";
import { throughDefault } from "../shared/fill.ts";
import { names } from "../shared/names.ts";
import { storedType } from "./sql/types.ts";
import type { ServerRules } from "../../operations/server_rules.ts";

/** What PostgreSQL makes of operations. */
export const rules: ServerRules = Object.freeze({
  dialect: "postgresql",
  names,
  storedType,
  storedDefault,
  storedAction: (action: ReferentialAction) => action,
  uniqueIndexIsConstraint: false,
  filled: throughDefault,
  fillsInCatalog: true,
  creating: (change: Change<"createTable">) => change,
  prerequisites: () => [],
  consequences: () => [],
});
