import { dropUnique, index } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Indexes what the engine and the API look rows up by. */
export default {
  id: "009",
  down: "008",
  message: "Add database indices",
  created: "2015-11-25T19:06:14Z",
  upgrade: [
    index("action_definitions_v2_action_class", "action_definitions_v2", ["action_class"]),
    index("action_definitions_v2_is_system", "action_definitions_v2", ["is_system"]),
    index("action_definitions_v2_project_id", "action_definitions_v2", ["project_id"]),
    index("action_definitions_v2_scope", "action_definitions_v2", ["scope"]),
    index("cron_triggers_v2_next_execution_time", "cron_triggers_v2", ["next_execution_time"]),
    index("cron_triggers_v2_project_id", "cron_triggers_v2", ["project_id"]),
    index("cron_triggers_v2_scope", "cron_triggers_v2", ["scope"]),
    index("cron_triggers_v2_workflow_name", "cron_triggers_v2", ["workflow_name"]),
    // Each of 001 to 003 added a unique constraint for the same purpose. MySQL loses them in 014.
    dropUnique("cron_triggers_v2", [
      "workflow_input_hash",
      "workflow_name",
      "pattern",
      "project_id",
    ], { only: "postgresql", ifExists: true }),
    dropUnique("cron_triggers_v2", [
      "workflow_input_hash",
      "workflow_name",
      "pattern",
      "project_id",
      "workflow_params_hash",
    ], { only: "postgresql", ifExists: true }),
    index("delayed_calls_v2_processing_execution_time", "delayed_calls_v2", [
      "processing",
      "execution_time",
    ]),
    index("environments_v2_name", "environments_v2", ["name"]),
    index("environments_v2_project_id", "environments_v2", ["project_id"]),
    index("environments_v2_scope", "environments_v2", ["scope"]),
    index("executions_v2_project_id", "executions_v2", ["project_id"]),
    index("executions_v2_scope", "executions_v2", ["scope"]),
    index("executions_v2_state", "executions_v2", ["state"]),
    index("executions_v2_task_execution_id", "executions_v2", ["task_execution_id"]),
    index("executions_v2_type", "executions_v2", ["type"]),
    index("executions_v2_updated_at", "executions_v2", ["updated_at"]),
    index("executions_v2_workflow_execution_id", "executions_v2", ["workflow_execution_id"]),
    index("workbooks_v2_project_id", "workbooks_v2", ["project_id"]),
    index("workbooks_v2_scope", "workbooks_v2", ["scope"]),
    index("workflow_definitions_v2_is_system", "workflow_definitions_v2", ["is_system"]),
    index("workflow_definitions_v2_project_id", "workflow_definitions_v2", ["project_id"]),
    index("workflow_definitions_v2_scope", "workflow_definitions_v2", ["scope"]),
  ],
} satisfies Revision;
