import { text } from "../lib/operations/columns.ts";
import { alterColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets the text that explains a state be longer than 1,024 characters. */
export default {
  id: "008",
  down: "007",
  message: "Increase size of state_info column from String to Text",
  created: "2015-11-17T21:30:50Z",
  upgrade: [
    alterColumn("executions_v2", "state_info", { type: text }),
  ],
} satisfies Revision;
