/**
 * The embedded migrations, oldest first.
 *
 * @module
 */
import type { Revision } from "../lib/revisions/graph/migration.ts";
import r001 from "./001_kilo.ts";
import r002 from "./002_kilo.ts";
import r003 from "./003_cron_trigger_constraints.ts";
import r004 from "./004_add_description_for_execution.ts";
import r005 from "./005_increase_execution_columns_size.ts";
import r006 from "./006_add_processing_to_delayed_calls.ts";
import r007 from "./007_move_system_flag_to_base_definition.ts";
import r008 from "./008_increase_size_of_state_info_column.ts";
import r009 from "./009_add_database_indices.ts";
import r010 from "./010_add_resource_members_v2_table.ts";
import r011 from "./011_add_workflow_id_for_execution.ts";
import r012 from "./012_add_event_triggers_v2_table.ts";
import r013 from "./013_split_execution_table_increase_names.ts";
import r014 from "./014_fix_past_scripts_discrepancies.ts";
import r015 from "./015_add_unique_keys_for_non_locking_model.ts";
import r016 from "./016_increase_size_of_task_unique_key.ts";
import r017 from "./017_add_named_lock_table.ts";
import r018 from "./018_increase_task_execution_unique_key_size.ts";
import r019 from "./019_change_scheduler_schema.ts";
import r020 from "./020_add_type_to_task_execution.ts";
import r021 from "./021_increase_env_columns_size.ts";
import r022 from "./022_namespace_support.ts";
import r023 from "./023_add_root_execution_id.ts";
import r024 from "./024_add_composite_index_workflow_execution_id_name.ts";
import r025 from "./025_fix_length_task_name.ts";
import r026 from "./026_optimize_task_expression_func.ts";
import r027 from "./027_add_last_heartbeat_to_action_execution.ts";
import r028 from "./028_add_namespace_column_to_workbooks.ts";
import r029 from "./029_workbook_empty_namespace.ts";
import r030 from "./030_increase_delayed_calls_v2_auth_context.ts";
import r031 from "./031_add_started_at_and_finished_at_to_task_execution.ts";
import r032 from "./032_add_has_next_tasks_and_error_handled_to_task_execution.ts";
import r033 from "./033_add_next_tasks_to_task_execution.ts";
import r034 from "./034_add_scheduled_jobs_table.ts";
import r035 from "./035_namespace_support_postgresql.ts";
import r036 from "./036_namespace_support_for_workbooks_postgresql.ts";
import r037 from "./037_add_namespace_column_to_action_definitions.ts";
import r038 from "./038_delete_delayed_calls_with_empty_key.ts";
import r039 from "./039_add_workbook_name_column.ts";
import r040 from "./040_add_tables_for_dynamic_action_definitions_and_code_sources.ts";
import r041 from "./041_update_description_field_type_for_workflow_executions_v2.ts";
import r042 from "./042_create_maintenance_table.ts";
import r043 from "./043_add_checksum_to_workflow_definition.ts";
import r044 from "./044_recreate_mistral_metrics_table.ts";
import r045 from "./045_add_scheduled_jobs_indexes.ts";

/** All revisions from 001 (Kilo) on, in the order of their history. */
export const migrations: readonly Revision[] = [
  r001,
  r002,
  r003,
  r004,
  r005,
  r006,
  r007,
  r008,
  r009,
  r010,
  r011,
  r012,
  r013,
  r014,
  r015,
  r016,
  r017,
  r018,
  r019,
  r020,
  r021,
  r022,
  r023,
  r024,
  r025,
  r026,
  r027,
  r028,
  r029,
  r030,
  r031,
  r032,
  r033,
  r034,
  r035,
  r036,
  r037,
  r038,
  r039,
  r040,
  r041,
  r042,
  r043,
  r044,
  r045,
];
