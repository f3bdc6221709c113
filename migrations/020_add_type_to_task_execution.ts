import { column, string } from "../lib/operations/columns.ts";
import { addColumn, execute, update } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/**
 * Whether a spec names a workflow: the key of an object, an element of a list, part of a text. NULL
 * if it is none of these, or not JSON. Before version 16 PostgreSQL can only find that out by
 * trying. Escaped characters that are not ASCII go first, since json refuses some of them. It lives
 * beside the tables until the migration ends, since not every role may have temporary things.
 */
const CREATE_TEST = String.raw`CREATE FUNCTION mistral_runs_workflow(spec text) RETURNS boolean
LANGUAGE plpgsql AS $test$
DECLARE
  document json;
BEGIN
  IF strpos(spec, E'\\u') > 0 THEN
    spec := regexp_replace(
      spec, E'(?<!\\\\)((?:\\\\\\\\)*)\\\\u(?:0000|(?!00[0-7])[0-9a-fA-F]{4})', E'\\1', 'g'
    );
  END IF;
  document := spec::json;
  -- Most specs are objects; a return without a query is many times faster.
  IF json_typeof(document) = 'object' THEN
    RETURN document -> 'workflow'::text IS NOT NULL;
  END IF;
  RETURN CASE json_typeof(document)
    WHEN 'array' THEN (
      SELECT TRUE
      FROM json_array_elements(document) AS element
      WHERE json_typeof(element) = 'string' AND element #>> '{}'::text[] = 'workflow'
      LIMIT 1
    )
    WHEN 'string' THEN NULLIF(strpos(document #>> '{}'::text[], 'workflow') > 0, FALSE)
  END;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END
$test$`;

const SET_TYPE_POSTGRESQL = `UPDATE task_executions_v2
SET type = CASE WHEN mistral_runs_workflow(spec) THEN 'WORKFLOW' END
WHERE mistral_runs_workflow(spec) IS DISTINCT FROM FALSE`;

/** NULL for specs that cannot be read; all rows are ACTION before. */
const setOthers = (type: string): string =>
  `UPDATE task_executions_v2\nSET type = ${type}\nWHERE COALESCE(${type}, '') <> 'ACTION'`;

// JSON_VALID comes first and alone: MySQL's other JSON functions fail on what is not JSON. Only
// JSON_EXISTS finds a key spelled with escapes on MariaDB 10.11, and only MariaDB has it; on MySQL
// what stands in /*M! */ is a comment, and JSON_CONTAINS_PATH finds such a key.
const TYPE_MYSQL = `CASE WHEN JSON_VALID(spec) THEN CASE JSON_TYPE(spec)
  WHEN 'OBJECT' THEN IF(
    JSON_CONTAINS_PATH(spec, 'one', '$.workflow') /*M! OR JSON_EXISTS(spec, '$.workflow') */,
    'WORKFLOW', 'ACTION'
  )
  WHEN 'ARRAY' THEN IF(JSON_CONTAINS(spec, '"workflow"'), 'WORKFLOW', NULL)
  WHEN 'STRING' THEN IF(INSTR(CAST(JSON_UNQUOTE(spec) AS BINARY), 'workflow'), 'WORKFLOW', NULL)
END END`;

// Paths do not find a key that is spelled with escapes before SQLite 3.45; json_each does.
const TYPE_SQLITE = `CASE WHEN json_valid(spec) THEN CASE json_type(spec)
  WHEN 'object' THEN iif(
    EXISTS (SELECT 1 FROM json_each(spec) AS member WHERE member.key = 'workflow'),
    'WORKFLOW', 'ACTION'
  )
  WHEN 'array' THEN (
    SELECT 'WORKFLOW'
    FROM json_each(spec) AS element
    WHERE element.type = 'text' AND element.value = 'workflow'
    LIMIT 1
  )
  WHEN 'text' THEN iif(instr(json_extract(spec, '$'), 'workflow') > 0, 'WORKFLOW', NULL)
END END`;

/** Distinguishes tasks that run a workflow from tasks that run an action, which most do. */
export default {
  id: "020",
  down: "019",
  message: "add type to task execution",
  created: "2016-10-05T13:24:52Z",
  upgrade: [
    addColumn("task_executions_v2", column("type", string(10))),
    update("task_executions_v2", { type: "ACTION" }),
    execute(CREATE_TEST, {
      only: "postgresql",
      does: "create a function that reads specs",
    }),
    execute({
      postgresql: SET_TYPE_POSTGRESQL,
      mysql: setOthers(TYPE_MYSQL),
      sqlite: setOthers(TYPE_SQLITE),
    }, {
      does: "set type to WORKFLOW where the spec names a workflow",
      writes: "task_executions_v2",
      reads: ["task_executions_v2.spec", "task_executions_v2.type"],
      inBatches: true,
    }),
    execute("DROP FUNCTION mistral_runs_workflow(text)", {
      only: "postgresql",
      does: "drop that function",
    }),
    execute("UPDATE task_executions_v2\nSET type = 'ACTION'\nWHERE type IS NULL", {
      does: "set type to ACTION where the spec cannot be read",
      writes: "task_executions_v2",
      reads: ["task_executions_v2.type"],
      inBatches: true,
      warning: "{count} task executions have no JSON object for a spec: their type is now ACTION",
    }),
  ],
} satisfies Revision;
