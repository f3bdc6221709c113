import { column, datetime, integer, string, text } from "../lib/operations/columns.ts";
import { createTable, dropTable } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Gives the new scheduler its table. */
export default {
  id: "034",
  down: "033",
  message: "Create scheduled jobs table.",
  created: "2019-07-01T17:38:41Z",
  upgrade: [
    // Some engines made a table of that name by themselves, in an older form. It held passing work only.
    dropTable("scheduled_jobs_v2", { ifExists: true }),
    createTable("scheduled_jobs_v2", {
      columns: [
        column("created_at", datetime),
        column("updated_at", datetime),
        column("id", string(36), { nullable: false }),
        column("run_after", integer),
        column("target_factory_func_name", string(200)),
        column("func_name", string(80)),
        column("func_args", text),
        column("func_arg_serializers", text),
        column("auth_ctx", text),
        column("execute_at", datetime, { nullable: false }),
        column("captured_at", datetime),
        column("key", string(250)),
      ],
      primaryKey: ["id"],
    }),
  ],
} satisfies Revision;
