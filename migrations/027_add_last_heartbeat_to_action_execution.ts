import { boolean, column, datetime } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets the engine notice actions whose executor has died. */
export default {
  id: "027",
  down: "026",
  message: "Add last_heartbeat to action execution",
  created: "2018-09-05T16:49:50Z",
  upgrade: [
    addColumn("action_executions_v2", column("last_heartbeat", datetime)),
    addColumn("action_executions_v2", column("is_sync", boolean)),
  ],
} satisfies Revision;
