import { column, string } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Ties executions to the workflow that they run. */
export default {
  id: "011",
  down: "010",
  message: "add workflow id for execution",
  created: "2016-02-02T22:29:34Z",
  upgrade: [
    addColumn("executions_v2", column("workflow_id", string(80))),
  ],
} satisfies Revision;
