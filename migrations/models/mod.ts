/**
 * The schema that Mistral should have: what an empty database would be given if there were no
 * history. The migrations lead to the same, and autogenerate compares databases with it.
 *
 * @module
 */
import type { Operation } from "../../lib/operations/operation.ts";
import { definitions } from "./definitions.ts";
import { executions } from "./executions.ts";
import { scheduling } from "./scheduling.ts";
import { triggers } from "./triggers.ts";

/** All tables, those first that others refer to. */
export const models: readonly Operation[] = [
  ...definitions,
  ...executions,
  ...triggers,
  ...scheduling,
];
