-- From 019 to 045, as somebody who knows the rows and the server well would write it: one ALTER TABLE
-- for everything instant, one for the keys, and only the rows that differ.
ALTER TABLE task_executions_v2
  ADD COLUMN type VARCHAR(10) NULL DEFAULT 'ACTION',
  ADD COLUMN workflow_namespace VARCHAR(255) NULL DEFAULT '',
  ADD COLUMN started_at DATETIME NULL,
  ADD COLUMN finished_at DATETIME NULL,
  ADD COLUMN has_next_tasks BOOL NULL,
  ADD COLUMN error_handled BOOL NULL,
  ADD COLUMN next_tasks TEXT NULL;
ALTER TABLE task_executions_v2
  MODIFY COLUMN type VARCHAR(10) NULL,
  MODIFY COLUMN workflow_namespace VARCHAR(255) NULL,
  MODIFY COLUMN unique_key VARCHAR(255) NULL;
UPDATE task_executions_v2 SET type = 'WORKFLOW' WHERE JSON_EXISTS(spec, '$.workflow');
ALTER TABLE task_executions_v2
  ADD KEY task_executions_v2_workflow_execution_id_name (workflow_execution_id, name);
ALTER TABLE action_executions_v2
  ADD COLUMN workflow_namespace VARCHAR(255) NULL DEFAULT '',
  ADD COLUMN last_heartbeat DATETIME NULL,
  ADD COLUMN is_sync BOOL NULL;
ALTER TABLE action_executions_v2 MODIFY COLUMN workflow_namespace VARCHAR(255) NULL;
UPDATE action_executions_v2 SET workflow_namespace = NULL WHERE workflow_name IS NULL;
ALTER TABLE action_executions_v2 ADD KEY action_executions_v2_task_execution_id (task_execution_id);
ALTER TABLE workflow_executions_v2
  ADD COLUMN workflow_namespace VARCHAR(255) NULL DEFAULT '',
  ADD COLUMN root_execution_id VARCHAR(80) NULL,
  ADD KEY workflow_executions_v2_task_execution_id (task_execution_id),
  MODIFY COLUMN description TEXT NULL;
ALTER TABLE workflow_executions_v2 MODIFY COLUMN workflow_namespace VARCHAR(255) NULL;
ALTER TABLE workflow_definitions_v2
  ADD COLUMN namespace VARCHAR(255) NULL DEFAULT '',
  ADD COLUMN workbook_name VARCHAR(255) NULL,
  ADD COLUMN checksum VARCHAR(32) NULL,
  DROP KEY name,
  ADD UNIQUE KEY name (name, namespace, project_id);
ALTER TABLE workflow_definitions_v2 MODIFY COLUMN namespace VARCHAR(255) NULL;
ALTER TABLE workbooks_v2
  ADD COLUMN namespace VARCHAR(255) NULL DEFAULT '',
  DROP KEY name,
  ADD UNIQUE KEY name (name, namespace, project_id);
ALTER TABLE workbooks_v2 MODIFY COLUMN namespace VARCHAR(255) NULL;
ALTER TABLE action_definitions_v2
  ADD COLUMN namespace VARCHAR(255) NULL,
  ADD COLUMN workbook_name VARCHAR(255) NULL,
  DROP KEY name,
  ADD UNIQUE KEY name (name, namespace, project_id);
ALTER TABLE environments_v2 MODIFY COLUMN variables LONGTEXT NULL;
ALTER TABLE named_locks MODIFY COLUMN name VARCHAR(255) NULL;
ALTER TABLE delayed_calls_v2 MODIFY COLUMN auth_context MEDIUMTEXT NULL;
DELETE FROM delayed_calls_v2 WHERE `key` IS NULL;
CREATE TABLE scheduled_jobs_v2 (
  created_at DATETIME NULL,
  updated_at DATETIME NULL,
  id VARCHAR(36) NOT NULL,
  run_after INTEGER NULL,
  target_factory_func_name VARCHAR(200) NULL,
  func_name VARCHAR(80) NULL,
  func_args TEXT NULL,
  func_arg_serializers TEXT NULL,
  auth_ctx TEXT NULL,
  execute_at DATETIME NOT NULL,
  captured_at DATETIME NULL,
  `key` VARCHAR(250) NULL,
  PRIMARY KEY (id),
  KEY scheduled_jobs_v2_execute_at_captured_at (execute_at, captured_at),
  KEY scheduled_jobs_v2_key (`key`)
);
CREATE TABLE code_sources (
  id VARCHAR(36) NOT NULL,
  name VARCHAR(255) NOT NULL,
  project_id VARCHAR(80) NULL,
  namespace VARCHAR(255) NULL,
  content TEXT NOT NULL,
  version INTEGER NOT NULL,
  tags TEXT NULL,
  scope VARCHAR(80) NULL,
  created_at DATETIME NULL,
  updated_at DATETIME NULL,
  PRIMARY KEY (id),
  UNIQUE KEY name (name, namespace, project_id),
  KEY code_sources_project_id (project_id),
  KEY code_sources_scope (scope)
);
CREATE TABLE dynamic_action_definitions (
  id VARCHAR(36) NOT NULL,
  name VARCHAR(255) NOT NULL,
  class_name VARCHAR(255) NOT NULL,
  scope VARCHAR(80) NULL,
  project_id VARCHAR(80) NULL,
  code_source_id VARCHAR(36) NOT NULL,
  code_source_name VARCHAR(255) NOT NULL,
  namespace VARCHAR(255) NULL,
  created_at DATETIME NULL,
  updated_at DATETIME NULL,
  PRIMARY KEY (id),
  UNIQUE KEY name (name, namespace, project_id),
  KEY dynamic_action_definitions_project_id (project_id),
  KEY dynamic_action_definitions_scope (scope),
  FOREIGN KEY (code_source_id) REFERENCES code_sources (id) ON DELETE CASCADE
);
CREATE TABLE mistral_metrics (
  created_at DATETIME NULL,
  updated_at DATETIME NULL,
  id INTEGER NOT NULL AUTO_INCREMENT,
  name VARCHAR(255) NOT NULL,
  value VARCHAR(255) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY name (name)
);
INSERT INTO mistral_metrics (created_at, updated_at, name, value)
VALUES (UTC_TIMESTAMP(), UTC_TIMESTAMP(), 'maintenance_status', 'RUNNING');
UPDATE alembic_version SET version_num = '045';
