import { column, text } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Keeps with a task which tasks come after it. */
export default {
  id: "033",
  down: "032",
  message: "Add next_tasks to task execution.",
  created: "2019-06-06T13:42:12Z",
  upgrade: [
    addColumn("task_executions_v2", column("next_tasks", text)),
  ],
} satisfies Revision;
