import { column, string } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Gives executions a description. */
export default {
  id: "004",
  down: "003",
  message: "add description for execution",
  created: "2015-06-10T14:23:54Z",
  upgrade: [
    addColumn("executions_v2", column("description", string(255))),
  ],
} satisfies Revision;
