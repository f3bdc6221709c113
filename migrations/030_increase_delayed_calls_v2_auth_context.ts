import { mediumText } from "../lib/operations/columns.ts";
import { alterColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Makes room for large authentication contexts, where text has a limit. */
export default {
  id: "030",
  down: "029",
  message:
    "Increase delayed_calls_v2.auth_context column size from JsonDictType to\nJsonMediumDictType",
  created: "2018-08-07T08:35:57Z",
  upgrade: [
    alterColumn("delayed_calls_v2", "auth_context", { type: mediumText }),
  ],
} satisfies Revision;
