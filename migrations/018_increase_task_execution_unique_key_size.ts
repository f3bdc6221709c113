import { string } from "../lib/operations/columns.ts";
import { alterColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets unique keys of tasks have 250 characters. */
export default {
  id: "018",
  down: "017",
  message: "increate_task_execution_unique_key_size",
  created: "2016-08-17T17:47:30Z",
  upgrade: [
    alterColumn("task_executions_v2", "unique_key", { type: string(250) }),
  ],
} satisfies Revision;
