import { boolean, column } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Keeps with a task what the engine would have to find out again and again. */
export default {
  id: "032",
  down: "031",
  message: "Add has_next_tasks and error_handled to task execution.",
  created: "2019-04-16T13:42:12Z",
  upgrade: [
    addColumn("task_executions_v2", column("has_next_tasks", boolean)),
    addColumn("task_executions_v2", column("error_handled", boolean)),
  ],
} satisfies Revision;
