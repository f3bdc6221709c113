import { column, string } from "../lib/operations/columns.ts";
import { addColumn, unique } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets engines create delayed calls and tasks at most once without locking. */
export default {
  id: "015",
  down: "014",
  message: "add_unique_keys_for_non_locking_model",
  created: "2016-08-08T11:05:20Z",
  upgrade: [
    addColumn("delayed_calls_v2", column("unique_key", string(80))),
    unique("delayed_calls_v2", ["unique_key", "processing"]),
    addColumn("task_executions_v2", column("unique_key", string(80))),
    unique("task_executions_v2", ["unique_key"]),
  ],
} satisfies Revision;
