import { column, string } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Ties executions of nested workflows to the outermost one. */
export default {
  id: "023",
  down: "022",
  message: "Add the root execution ID to the workflow execution model",
  created: "2017-07-26T14:51:02Z",
  upgrade: [
    addColumn("workflow_executions_v2", column("root_execution_id", string(80))),
  ],
} satisfies Revision;
