import { column, string } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets the engine see that a workflow has changed; some sites have the column already. */
export default {
  id: "043",
  down: "042",
  message: "add_checksum_to_wf_definition",
  created: "2023-10-16T12:02:23Z",
  upgrade: [
    addColumn("workflow_definitions_v2", column("checksum", string(32)), { ifMissing: true }),
  ],
} satisfies Revision;
