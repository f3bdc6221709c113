/**
 * Columns that many tables have.
 *
 * @module
 */
import {
  column,
  datetime,
  longText,
  mediumText,
  string,
  text,
} from "../../lib/operations/columns.ts";
import type { Column } from "../../lib/schema/schema.ts";

/** When a row was made and last changed. */
export const timestamps: readonly Column[] = [
  column("created_at", datetime),
  column("updated_at", datetime),
];

/** Whose a row is, and who else sees it. */
export const ownership: readonly Column[] = [
  column("scope", string(80)),
  column("project_id", string(80)),
];

/** What all that runs has: the time and the owner as well. */
export const execution: readonly Column[] = [
  ...timestamps,
  ...ownership,
  column("id", string(36), { nullable: false }),
  column("name", string(255)),
  column("workflow_name", string(255)),
  column("workflow_namespace", string(255)),
  column("workflow_id", string(80)),
  column("spec", mediumText),
  column("state", string(20)),
  column("state_info", text),
  column("tags", text),
  column("runtime_context", longText),
];
