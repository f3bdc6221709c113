import { column, datetime, string } from "../lib/operations/columns.ts";
import { createTable } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets a project share a workflow with chosen other projects. */
export default {
  id: "010",
  down: "009",
  message: "add_resource_members_v2_table",
  created: "2015-11-15T08:39:58Z",
  upgrade: [
    createTable("resource_members_v2", {
      columns: [
        column("id", string(36), { nullable: false }),
        column("created_at", datetime),
        column("updated_at", datetime),
        column("project_id", string(80), { nullable: false }),
        column("member_id", string(80), { nullable: false }),
        column("resource_id", string(80), { nullable: false }),
        column("resource_type", string(50), { nullable: false }),
        column("status", string(20), { nullable: false }),
      ],
      primaryKey: ["id"],
      uniques: [["resource_id", "resource_type", "member_id"]],
    }),
  ],
} satisfies Revision;
