import { string } from "../lib/operations/columns.ts";
import { alterColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets unique keys of tasks have 200 characters. */
export default {
  id: "016",
  down: "015",
  message: "Increase size of task_executions_v2.unique_key",
  created: "2016-08-11T15:57:23Z",
  upgrade: [
    alterColumn("task_executions_v2", "unique_key", { type: string(200) }),
  ],
} satisfies Revision;
