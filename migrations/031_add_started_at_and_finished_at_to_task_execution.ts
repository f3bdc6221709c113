import { column, datetime } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Tells when tasks started and finished. */
export default {
  id: "031",
  down: "030",
  message: "Add started_at and finished_at to task execution",
  created: "2018-10-03T20:09:45Z",
  upgrade: [
    addColumn("task_executions_v2", column("started_at", datetime)),
    addColumn("task_executions_v2", column("finished_at", datetime)),
  ],
} satisfies Revision;
