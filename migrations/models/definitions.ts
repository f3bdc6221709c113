/**
 * What users define: workbooks, workflows, actions, environments, and the source code of actions.
 *
 * @module
 */
import {
  boolean,
  column,
  integer,
  longText,
  mediumText,
  string,
  text,
} from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { createTable } from "../../lib/operations/vocabulary.ts";
import { ownership, timestamps } from "./columns.ts";

/** Tables of what users define. */
export const definitions: readonly Operation[] = [
  createTable("workbooks_v2", {
    columns: [
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("name", string(255)),
      column("definition", mediumText),
      column("spec", mediumText),
      column("tags", text),
      column("is_system", boolean),
      column("namespace", string(255)),
    ],
    primaryKey: ["id"],
    uniques: [["name", "namespace", "project_id"]],
    indexes: {
      workbooks_v2_project_id: ["project_id"],
      workbooks_v2_scope: ["scope"],
    },
  }),
  createTable("workflow_definitions_v2", {
    columns: [
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("name", string(255)),
      column("definition", mediumText),
      column("spec", mediumText),
      column("tags", text),
      column("is_system", boolean),
      column("namespace", string(255)),
      column("workbook_name", string(255)),
      column("checksum", string(32)),
    ],
    primaryKey: ["id"],
    uniques: [["name", "namespace", "project_id"]],
    indexes: {
      workflow_definitions_v2_is_system: ["is_system"],
      workflow_definitions_v2_project_id: ["project_id"],
      workflow_definitions_v2_scope: ["scope"],
    },
  }),
  createTable("action_definitions_v2", {
    columns: [
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("name", string(255)),
      column("definition", mediumText),
      column("spec", mediumText),
      column("tags", text),
      column("description", text),
      column("input", text),
      column("action_class", string(200)),
      column("attributes", text),
      column("is_system", boolean),
      column("namespace", string(255)),
      column("workbook_name", string(255)),
    ],
    primaryKey: ["id"],
    uniques: [["name", "namespace", "project_id"]],
    indexes: {
      action_definitions_v2_action_class: ["action_class"],
      action_definitions_v2_is_system: ["is_system"],
      action_definitions_v2_project_id: ["project_id"],
      action_definitions_v2_scope: ["scope"],
    },
  }),
  createTable("environments_v2", {
    columns: [
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("name", string(200)),
      column("description", text),
      column("variables", longText),
    ],
    primaryKey: ["id"],
    uniques: [["name", "project_id"]],
    indexes: {
      environments_v2_name: ["name"],
      environments_v2_project_id: ["project_id"],
      environments_v2_scope: ["scope"],
    },
  }),
  createTable("code_sources", {
    columns: [
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("name", string(255), { nullable: false }),
      column("namespace", string(255)),
      column("content", text, { nullable: false }),
      column("version", integer, { nullable: false }),
      column("tags", text),
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
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("name", string(255), { nullable: false }),
      column("class_name", string(255), { nullable: false }),
      column("code_source_id", string(36), { nullable: false }),
      column("code_source_name", string(255), { nullable: false }),
      column("namespace", string(255)),
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
  createTable("resource_members_v2", {
    columns: [
      ...timestamps,
      column("id", string(36), { nullable: false }),
      column("project_id", string(80)),
      column("member_id", string(80), { nullable: false }),
      column("resource_id", string(80), { nullable: false }),
      column("resource_type", string(50), { nullable: false }),
      column("status", string(20), { nullable: false }),
    ],
    primaryKey: ["id"],
    uniques: [["resource_id", "resource_type", "member_id"]],
  }),
];
