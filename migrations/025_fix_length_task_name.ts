import { string } from "../lib/operations/columns.ts";
import { alterColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets keys and lock names have 255 characters, the most that InnoDB indexes in three-byte UTF-8. */
export default {
  id: "025",
  down: "024",
  message: "Fix length task name",
  created: "2017-12-16T23:25:04Z",
  upgrade: [
    alterColumn("task_executions_v2", "unique_key", { type: string(255) }),
    alterColumn("named_locks", "name", { type: string(255) }),
  ],
} satisfies Revision;
