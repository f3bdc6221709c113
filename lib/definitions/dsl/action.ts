/**
 * An ad-hoc action: its parts, and the expressions in them.
 *
 * @module
 */
import { balanced } from "./expression.ts";
import type { Check } from "./problem.ts";
import { matches } from "./schema_check.ts";

const matchesSchema = matches("action");

/** An action that calls another one with some of its input given. */
export const checkAction: Check = (action, path) => [
  ...matchesSchema(action, path),
  ...balanced(action, path),
];
