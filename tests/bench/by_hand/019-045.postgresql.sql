-- From 019 to 045, as somebody who knows the rows and the server well would write it: one ALTER TABLE
-- for everything instant, one for the keys, and only the rows that differ.
BEGIN;
ALTER TABLE task_executions_v2
  ADD COLUMN type VARCHAR(10) DEFAULT 'ACTION',
  ADD COLUMN workflow_namespace VARCHAR(255) DEFAULT '',
  ADD COLUMN started_at TIMESTAMP,
  ADD COLUMN finished_at TIMESTAMP,
  ADD COLUMN has_next_tasks BOOLEAN,
  ADD COLUMN error_handled BOOLEAN,
  ADD COLUMN next_tasks TEXT,
  ALTER COLUMN unique_key TYPE VARCHAR(255);
ALTER TABLE task_executions_v2
  ALTER COLUMN type DROP DEFAULT,
  ALTER COLUMN workflow_namespace DROP DEFAULT;
UPDATE task_executions_v2 SET type = 'WORKFLOW' WHERE spec::json -> 'workflow' IS NOT NULL;
CREATE INDEX task_executions_v2_workflow_execution_id_name
  ON task_executions_v2 (workflow_execution_id, name);
ALTER TABLE action_executions_v2
  ADD COLUMN workflow_namespace VARCHAR(255) DEFAULT '',
  ADD COLUMN last_heartbeat TIMESTAMP,
  ADD COLUMN is_sync BOOLEAN;
ALTER TABLE action_executions_v2 ALTER COLUMN workflow_namespace DROP DEFAULT;
UPDATE action_executions_v2 SET workflow_namespace = NULL WHERE workflow_name IS NULL;
CREATE INDEX action_executions_v2_task_execution_id ON action_executions_v2 (task_execution_id);
ALTER TABLE workflow_executions_v2
  ADD COLUMN workflow_namespace VARCHAR(255) DEFAULT '',
  ADD COLUMN root_execution_id VARCHAR(80),
  ALTER COLUMN description TYPE TEXT;
ALTER TABLE workflow_executions_v2 ALTER COLUMN workflow_namespace DROP DEFAULT;
CREATE INDEX workflow_executions_v2_task_execution_id ON workflow_executions_v2 (task_execution_id);
ALTER TABLE workflow_definitions_v2
  ADD COLUMN namespace VARCHAR(255) DEFAULT '',
  ADD COLUMN workbook_name VARCHAR(255),
  ADD COLUMN checksum VARCHAR(32),
  DROP CONSTRAINT workflow_definitions_v2_name_project_id_key;
ALTER TABLE workflow_definitions_v2
  ALTER COLUMN namespace DROP DEFAULT,
  ADD CONSTRAINT workflow_definitions_v2_name_namespace_project_id_key
    UNIQUE (name, namespace, project_id);
ALTER TABLE workbooks_v2
  ADD COLUMN namespace VARCHAR(255) DEFAULT '',
  DROP CONSTRAINT workbooks_v2_name_project_id_key;
ALTER TABLE workbooks_v2
  ALTER COLUMN namespace DROP DEFAULT,
  ADD CONSTRAINT workbooks_v2_name_namespace_project_id_key UNIQUE (name, namespace, project_id);
ALTER TABLE action_definitions_v2
  ADD COLUMN namespace VARCHAR(255),
  ADD COLUMN workbook_name VARCHAR(255),
  DROP CONSTRAINT action_definitions_v2_name_project_id_key,
  ADD CONSTRAINT action_definitions_v2_name_namespace_project_id_key
    UNIQUE (name, namespace, project_id);
ALTER TABLE named_locks ALTER COLUMN name TYPE VARCHAR(255);
DELETE FROM delayed_calls_v2 WHERE key IS NULL;
CREATE TABLE scheduled_jobs_v2 (
  created_at TIMESTAMP,
  updated_at TIMESTAMP,
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  run_after INTEGER,
  target_factory_func_name VARCHAR(200),
  func_name VARCHAR(80),
  func_args TEXT,
  func_arg_serializers TEXT,
  auth_ctx TEXT,
  execute_at TIMESTAMP NOT NULL,
  captured_at TIMESTAMP,
  key VARCHAR(250)
);
CREATE INDEX scheduled_jobs_v2_execute_at_captured_at ON scheduled_jobs_v2 (execute_at, captured_at);
CREATE INDEX scheduled_jobs_v2_key ON scheduled_jobs_v2 (key);
CREATE TABLE code_sources (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  project_id VARCHAR(80),
  namespace VARCHAR(255),
  content TEXT NOT NULL,
  version INTEGER NOT NULL,
  tags TEXT,
  scope VARCHAR(80),
  created_at TIMESTAMP,
  updated_at TIMESTAMP,
  UNIQUE (name, namespace, project_id)
);
CREATE INDEX code_sources_project_id ON code_sources (project_id);
CREATE INDEX code_sources_scope ON code_sources (scope);
CREATE TABLE dynamic_action_definitions (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  class_name VARCHAR(255) NOT NULL,
  scope VARCHAR(80),
  project_id VARCHAR(80),
  code_source_id VARCHAR(36) NOT NULL REFERENCES code_sources (id) ON DELETE CASCADE,
  code_source_name VARCHAR(255) NOT NULL,
  namespace VARCHAR(255),
  created_at TIMESTAMP,
  updated_at TIMESTAMP,
  UNIQUE (name, namespace, project_id)
);
CREATE INDEX dynamic_action_definitions_project_id ON dynamic_action_definitions (project_id);
CREATE INDEX dynamic_action_definitions_scope ON dynamic_action_definitions (scope);
CREATE TABLE mistral_metrics (
  created_at TIMESTAMP,
  updated_at TIMESTAMP,
  id SERIAL PRIMARY KEY,
  name VARCHAR(255) NOT NULL UNIQUE,
  value VARCHAR(255) NOT NULL
);
INSERT INTO mistral_metrics (created_at, updated_at, name, value)
VALUES (date_trunc('second', now() AT TIME ZONE 'UTC'), date_trunc('second', now() AT TIME ZONE 'UTC'),
  'maintenance_status', 'RUNNING');
UPDATE alembic_version SET version_num = '045';
COMMIT;
