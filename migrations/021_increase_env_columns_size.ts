import { longText } from "../lib/operations/columns.ts";
import { alterColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Makes room for large environments, where text has a limit. */
export default {
  id: "021",
  down: "020",
  message: "Increase environments_v2 column size from JsonDictType to JsonLongDictType",
  created: "2017-06-13T13:29:41Z",
  upgrade: [
    alterColumn("environments_v2", "variables", { type: longText }),
  ],
} satisfies Revision;
