import { column, datetime, string } from "../lib/operations/columns.ts";
import { createTable } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Gives engines locks by name. */
export default {
  id: "017",
  down: "016",
  message: "Add named lock table",
  created: "2016-08-17T13:06:26Z",
  upgrade: [
    createTable("named_locks", {
      columns: [
        column("created_at", datetime),
        column("updated_at", datetime),
        column("id", string(36), { nullable: false }),
        column("name", string(250)),
      ],
      primaryKey: ["id"],
      uniques: [["name"]],
    }),
  ],
} satisfies Revision;
