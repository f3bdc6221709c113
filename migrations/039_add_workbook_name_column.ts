import { column, string } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Tells which workbook an action or a workflow came from. */
export default {
  id: "039",
  down: "038",
  message:
    "Add 'workbook_name' column to 'action_definitions_v2'\n   and 'workflow_definitions_v2'.",
  created: "2020-09-07T10:51:20Z",
  upgrade: [
    addColumn("action_definitions_v2", column("workbook_name", string(255))),
    addColumn("workflow_definitions_v2", column("workbook_name", string(255))),
  ],
} satisfies Revision;
