import { column, datetime, integer, string, text } from "../lib/operations/columns.ts";
import { createTable } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets actions be added as source code while the engine runs. */
export default {
  id: "040",
  down: "039",
  message: "create new tables for the dynamic actions and code sources",
  created: "2020-09-30T12:02:51Z",
  upgrade: [
    createTable("code_sources", {
      columns: [
        column("id", string(36), { nullable: false }),
        column("name", string(255), { nullable: false }),
        column("project_id", string(80)),
        column("namespace", string(255)),
        column("content", text, { nullable: false }),
        column("version", integer, { nullable: false }),
        column("tags", text),
        column("scope", string(80)),
        column("created_at", datetime),
        column("updated_at", datetime),
      ],
      primaryKey: ["id"],
      uniques: [["name", "namespace", "project_id"]],
      indexes: {
        code_sources_project_id: ["project_id"],
        code_sources_scope: ["scope"],
      },
    }),
    createTable("dynamic_action_definitions", {
      columns: [
        column("id", string(36), { nullable: false }),
        column("name", string(255), { nullable: false }),
        column("class_name", string(255), { nullable: false }),
        column("scope", string(80)),
        column("project_id", string(80)),
        column("code_source_id", string(36), { nullable: false }),
        column("code_source_name", string(255), { nullable: false }),
        column("namespace", string(255)),
        column("created_at", datetime),
        column("updated_at", datetime),
      ],
      primaryKey: ["id"],
      uniques: [["name", "namespace", "project_id"]],
      indexes: {
        dynamic_action_definitions_project_id: ["project_id"],
        dynamic_action_definitions_scope: ["scope"],
      },
      foreignKeys: [
        {
          columns: ["code_source_id"],
          refTable: "code_sources",
          refColumns: ["id"],
          onDelete: "CASCADE",
        },
      ],
    }),
  ],
} satisfies Revision;
