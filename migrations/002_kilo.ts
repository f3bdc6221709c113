import { char, column, text } from "../lib/operations/columns.ts";
import { addColumn, dropTable, unique } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Drops the tables of the first workflow language, and gives cron triggers parameters. */
export default {
  id: "002",
  down: "001",
  message: "Kilo",
  created: "2015-04-30T16:15:34Z",
  upgrade: [
    dropTable("tasks"),
    dropTable("workflow_executions"),
    dropTable("workbooks"),
    dropTable("triggers"),
    addColumn("cron_triggers_v2", column("workflow_params", text)),
    addColumn("cron_triggers_v2", column("workflow_params_hash", char(64))),
    unique("cron_triggers_v2", [
      "workflow_input_hash",
      "workflow_name",
      "pattern",
      "project_id",
      "workflow_params_hash",
    ]),
  ],
} satisfies Revision;
