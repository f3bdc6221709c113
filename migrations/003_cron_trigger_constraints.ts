import { column, datetime } from "../lib/operations/columns.ts";
import { addColumn, unique } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Gives cron triggers a first execution time, and lets triggers differ by it. */
export default {
  id: "003",
  down: "002",
  message: "cron_trigger_constraints",
  created: "2015-05-25T13:09:50Z",
  upgrade: [
    addColumn("cron_triggers_v2", column("first_execution_time", datetime)),
    unique("cron_triggers_v2", [
      "workflow_input_hash",
      "workflow_name",
      "pattern",
      "project_id",
      "workflow_params_hash",
      "remaining_executions",
      "first_execution_time",
    ]),
  ],
} satisfies Revision;
