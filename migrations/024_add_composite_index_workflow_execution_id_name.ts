import { index } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Indexes the tasks of a workflow by name. */
export default {
  id: "024",
  down: "023",
  message: "Add database indices",
  created: "2017-10-11T15:23:04Z",
  upgrade: [
    index("task_executions_v2_workflow_execution_id_name", "task_executions_v2", [
      "workflow_execution_id",
      "name",
    ]),
  ],
} satisfies Revision;
