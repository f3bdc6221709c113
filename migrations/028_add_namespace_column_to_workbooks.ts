import { column, string } from "../lib/operations/columns.ts";
import { addColumn, dropUnique, unique } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Gives workbooks a namespace. */
export default {
  id: "028",
  down: "027",
  message: "add namespace column to workbooks",
  created: "2018-07-17T15:39:25Z",
  upgrade: [
    addColumn("workbooks_v2", column("namespace", string(255))),
    // PostgreSQL keeps the old constraint until 036.
    dropUnique("workbooks_v2", ["name", "project_id"], {
      only: ["mysql", "sqlite"],
      ifExists: true,
    }),
    unique("workbooks_v2", ["name", "namespace", "project_id"]),
  ],
} satisfies Revision;
