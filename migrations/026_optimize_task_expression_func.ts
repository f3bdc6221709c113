import { index } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Indexes executions by the task that they belong to. */
export default {
  id: "026",
  down: "025",
  message: "Optimize task expression function",
  created: "2018-03-22T15:23:04Z",
  upgrade: [
    index("action_executions_v2_task_execution_id", "action_executions_v2", ["task_execution_id"]),
    index("workflow_executions_v2_task_execution_id", "workflow_executions_v2", [
      "task_execution_id",
    ]),
  ],
} satisfies Revision;
