import { column, datetime, string, text } from "../lib/operations/columns.ts";
import { createTable } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets events start workflows. */
export default {
  id: "012",
  down: "011",
  message: "add event triggers table",
  created: "2016-03-04T09:49:52Z",
  upgrade: [
    createTable("event_triggers_v2", {
      columns: [
        column("created_at", datetime),
        column("updated_at", datetime),
        column("project_id", string(80)),
        column("scope", string(80)),
        column("id", string(36), { nullable: false }),
        column("name", string(200)),
        column("workflow_id", string(36), { nullable: false }),
        column("exchange", string(80), { nullable: false }),
        column("topic", string(80), { nullable: false }),
        column("event", string(80), { nullable: false }),
        column("workflow_params", text),
        column("workflow_input", text),
        column("trust_id", string(80)),
      ],
      primaryKey: ["id"],
      uniques: [["exchange", "topic", "event", "workflow_id", "project_id"]],
      indexes: {
        event_triggers_v2_project_id_workflow_id: ["project_id", "workflow_id"],
      },
      foreignKeys: [
        { columns: ["workflow_id"], refTable: "workflow_definitions_v2", refColumns: ["id"] },
      ],
    }),
  ],
} satisfies Revision;
