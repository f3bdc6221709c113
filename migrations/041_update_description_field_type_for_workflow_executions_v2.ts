import { text } from "../lib/operations/columns.ts";
import { alterColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets descriptions of workflow executions be longer than 255 characters. */
export default {
  id: "041",
  down: "040",
  message: "Update type of 'description' field for\n   table 'workflow_executions_v2' to text",
  created: "2022-04-19T00:00:00Z",
  upgrade: [
    alterColumn("workflow_executions_v2", "description", { type: text }),
  ],
} satisfies Revision;
