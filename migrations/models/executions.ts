/**
 * What runs: workflows, their tasks, and the actions of these.
 *
 * @module
 */
import { boolean, column, datetime, longText, string, text } from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { createTable, foreignKey } from "../../lib/operations/vocabulary.ts";
import { execution, ownership, timestamps } from "./columns.ts";

/** Tables of what runs. */
export const executions: readonly Operation[] = [
  createTable("workflow_executions_v2", {
    columns: [
      ...execution,
      column("description", text),
      column("accepted", boolean),
      column("input", longText),
      column("output", longText),
      column("params", longText),
      column("context", longText),
      column("task_execution_id", string(36)),
      column("root_execution_id", string(80)),
    ],
    primaryKey: ["id"],
    indexes: {
      workflow_executions_v2_project_id: ["project_id"],
      workflow_executions_v2_scope: ["scope"],
      workflow_executions_v2_state: ["state"],
      workflow_executions_v2_updated_at: ["updated_at"],
      workflow_executions_v2_task_execution_id: ["task_execution_id"],
    },
  }),
  createTable("task_executions_v2", {
    columns: [
      ...execution,
      column("description", string(255)),
      column("action_spec", longText),
      column("processed", boolean),
      column("in_context", longText),
      column("published", longText),
      column("workflow_execution_id", string(36)),
      column("unique_key", string(255)),
      column("type", string(10)),
      column("started_at", datetime),
      column("finished_at", datetime),
      column("has_next_tasks", boolean),
      column("error_handled", boolean),
      column("next_tasks", text),
    ],
    primaryKey: ["id"],
    uniques: [["unique_key"]],
    indexes: {
      task_executions_v2_project_id: ["project_id"],
      task_executions_v2_scope: ["scope"],
      task_executions_v2_state: ["state"],
      task_executions_v2_updated_at: ["updated_at"],
      task_executions_v2_workflow_execution_id: ["workflow_execution_id"],
      task_executions_v2_workflow_execution_id_name: ["workflow_execution_id", "name"],
    },
    foreignKeys: [
      {
        columns: ["workflow_execution_id"],
        refTable: "workflow_executions_v2",
        refColumns: ["id"],
        onDelete: "CASCADE",
      },
    ],
  }),
  createTable("action_executions_v2", {
    columns: [
      ...execution,
      column("description", string(255)),
      column("accepted", boolean),
      column("input", longText),
      column("output", longText),
      column("task_execution_id", string(36)),
      column("last_heartbeat", datetime),
      column("is_sync", boolean),
    ],
    primaryKey: ["id"],
    indexes: {
      action_executions_v2_project_id: ["project_id"],
      action_executions_v2_scope: ["scope"],
      action_executions_v2_state: ["state"],
      action_executions_v2_updated_at: ["updated_at"],
      action_executions_v2_task_execution_id: ["task_execution_id"],
    },
    foreignKeys: [
      {
        columns: ["task_execution_id"],
        refTable: "task_executions_v2",
        refColumns: ["id"],
        onDelete: "CASCADE",
      },
    ],
  }),
  createTable("executions_v2", {
    columns: [
      ...timestamps,
      ...ownership,
      column("id", string(36), { nullable: false }),
      column("type", string(50)),
      column("name", string(80)),
      column("workflow_name", string(80)),
      column("spec", text),
      column("state", string(20)),
      column("state_info", text),
      column("tags", text),
      column("accepted", boolean),
      column("input", longText),
      column("output", longText),
      column("params", longText),
      column("context", longText),
      column("action_spec", longText),
      column("processed", boolean),
      column("in_context", longText),
      column("published", longText),
      column("runtime_context", longText),
      column("task_execution_id", string(36)),
      column("workflow_execution_id", string(36)),
      column("description", string(255)),
      column("workflow_id", string(80)),
    ],
    primaryKey: ["id"],
    indexes: {
      executions_v2_project_id: ["project_id"],
      executions_v2_scope: ["scope"],
      executions_v2_state: ["state"],
      executions_v2_task_execution_id: ["task_execution_id"],
      executions_v2_type: ["type"],
      executions_v2_updated_at: ["updated_at"],
      executions_v2_workflow_execution_id: ["workflow_execution_id"],
    },
    foreignKeys: [
      { columns: ["task_execution_id"], refTable: "executions_v2", refColumns: ["id"] },
      { columns: ["workflow_execution_id"], refTable: "executions_v2", refColumns: ["id"] },
    ],
  }),
  // Workflows run as tasks, and tasks in workflows, so that one of the two comes first without it.
  foreignKey("workflow_executions_v2", ["task_execution_id"], "task_executions_v2", ["id"], {
    onDelete: "CASCADE",
  }),
];
