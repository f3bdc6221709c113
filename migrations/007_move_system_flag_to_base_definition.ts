import { boolean, column } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Marks workbooks and workflows that belong to the system. */
export default {
  id: "007",
  down: "006",
  message: "Move system flag to base definition",
  created: "2015-09-15T11:24:43Z",
  upgrade: [
    addColumn("workbooks_v2", column("is_system", boolean)),
    addColumn("workflow_definitions_v2", column("is_system", boolean)),
  ],
} satisfies Revision;
