/**
 * What starts workflows by itself: time and events.
 *
 * @module
 */
import { char, column, datetime, integer, string, text } from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { createTable, unique } from "../../lib/operations/vocabulary.ts";
import { ownership, timestamps } from "./columns.ts";

/** What two cron triggers may not have in common. */
const SAME_CRON_TRIGGER = [
  "workflow_input_hash",
  "workflow_name",
  "pattern",
  "project_id",
  "workflow_params_hash",
  "remaining_executions",
  "first_execution_time",
];

/** Tables of what starts workflows. */
export const triggers: readonly Operation[] = [
  createTable("cron_triggers_v2", {
    columns: [
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("name", string(200)),
      column("pattern", string(100)),
      column("next_execution_time", datetime, { nullable: false }),
      column("workflow_name", string(255)),
      column("remaining_executions", integer),
      column("workflow_id", string(36)),
      column("workflow_input", text),
      column("workflow_input_hash", char(64)),
      column("trust_id", string(80)),
      column("workflow_params", text),
      column("workflow_params_hash", char(64)),
      column("first_execution_time", datetime),
    ],
    primaryKey: ["id"],
    uniques: [["name", "project_id"], SAME_CRON_TRIGGER],
    indexes: {
      cron_triggers_v2_next_execution_time: ["next_execution_time"],
      cron_triggers_v2_project_id: ["project_id"],
      cron_triggers_v2_scope: ["scope"],
      cron_triggers_v2_workflow_name: ["workflow_name"],
    },
    foreignKeys: [
      { columns: ["workflow_id"], refTable: "workflow_definitions_v2", refColumns: ["id"] },
    ],
  }),
  createTable("event_triggers_v2", {
    columns: [
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("name", string(200)),
      column("workflow_id", string(36)),
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
  // PostgreSQL has this one twice: 014 added it beside its twin of 003.
  unique("cron_triggers_v2", SAME_CRON_TRIGGER, { only: "postgresql" }),
];
