import { longText } from "../lib/operations/columns.ts";
import { alterColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Makes room for large JSON documents in executions, where text has a limit. */
export default {
  id: "005",
  down: "004",
  message: "Increase executions_v2 column size from JsonDictType to JsonLongDictType",
  created: "2015-07-21T08:48:51Z",
  upgrade: [
    alterColumn("executions_v2", "runtime_context", { type: longText }),
    alterColumn("executions_v2", "input", { type: longText }),
    alterColumn("executions_v2", "params", { type: longText }),
    alterColumn("executions_v2", "context", { type: longText }),
    alterColumn("executions_v2", "action_spec", { type: longText }),
    alterColumn("executions_v2", "published", { type: longText }),
  ],
} satisfies Revision;
