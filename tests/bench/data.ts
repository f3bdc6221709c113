/**
 * Rows of a busy cluster, made by the server itself from a table of numbers.
 *
 * @module
 */
import type { Connection } from "../../lib/drivers/mod.ts";
import { raw } from "../../lib/sql/statement.ts";

const NUMBERS = "bench_numbers";

/** Makes a table of the numbers from 0, by doubling it. */
async function makeNumbers(connection: Connection, count: number): Promise<void> {
  await connection.execute(raw(`CREATE TABLE ${NUMBERS} (n INTEGER NOT NULL PRIMARY KEY)`));
  await connection.execute(raw(`INSERT INTO ${NUMBERS} VALUES (0)`));
  for (let made = 1; made < count; made *= 2) {
    await connection.execute(
      raw(`INSERT INTO ${NUMBERS} SELECT n + ${made} FROM ${NUMBERS} WHERE n + ${made} < ${count}`),
    );
  }
}

/** Inserts one row for each number; `columns` are SQL expressions in which `n` is the number. */
async function insertRows(
  connection: Connection,
  table: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  await connection.execute(raw(
    `INSERT INTO ${table} (${Object.keys(columns).join(", ")})
SELECT ${Object.values(columns).join(",\n  ")}
FROM ${NUMBERS}`,
  ));
}

/** An ID in no particular order, as UUIDs are. */
const ID: Readonly<Record<Connection["dialect"], (kind: string) => string>> = {
  postgresql: (kind) => `CAST(md5(CONCAT('${kind}', n)) AS VARCHAR(36))`,
  mysql: (kind) => `md5(CONCAT('${kind}', n))`,
  sqlite: (kind) => `'${kind}' || printf('%032x', (n * 2654435761) % 4294967296)`,
};

const TIMES = { created_at: "'2020-01-02 03:04:05'", updated_at: "'2020-01-02 03:05:06'" };

/** A text of that many characters, as SQL. */
const text = (length: number): string => `'${"x".repeat(length)}'`;

const SPEC = {
  workflow:
    '{"name": "sub", "version": "2.0", "type": "direct", "workflow": "another", "input": {"vm": "<% $.vm %>"}, "on-success": ["next"]}',
  action:
    '{"name": "call", "version": "2.0", "type": "direct", "action": "std.http", "input": {"url": "<% $.url %>"}, "on-success": ["next"]}',
};

/** Analyzes the new tables, as a server does by itself some time after rows were written. */
async function settle(connection: Connection, tables: readonly string[]): Promise<void> {
  await connection.execute(raw(`DROP TABLE ${NUMBERS}`));
  for (const table of tables) {
    const analyze = connection.dialect === "mysql" ? "ANALYZE TABLE" : "ANALYZE";
    await connection.query(raw(`${analyze} ${table}`));
  }
}

/**
 * Puts tasks and as many actions into a database at 019. A third of the tasks run a workflow; one
 * action in a hundred was run by hand.
 */
export async function fillAt019(connection: Connection, count: number): Promise<void> {
  const id = ID[connection.dialect];
  await makeNumbers(connection, count);
  await insertRows(connection, "task_executions_v2", {
    ...TIMES,
    id: id("t"),
    name: "'call'",
    workflow_name: "'deploy'",
    workflow_id: "'5e4d7f2c-0000-4000-8000-000000000001'",
    spec: `CASE n % 3 WHEN 0 THEN '${SPEC.workflow}' ELSE '${SPEC.action}' END`,
    state: "'SUCCESS'",
    runtime_context: "'{}'",
    in_context: text(256),
    published: "'{\"result\": 1}'",
  });
  await insertRows(connection, "action_executions_v2", {
    ...TIMES,
    id: id("a"),
    name: "'std.http'",
    workflow_name: "CASE n % 100 WHEN 0 THEN NULL ELSE 'deploy' END",
    state: "'SUCCESS'",
    runtime_context: "'{}'",
    input: text(256),
    output: text(256),
  });
  await settle(connection, ["task_executions_v2", "action_executions_v2"]);
}

/** Puts executions with 2 KiB of output each into a database at 002. */
export async function fillAt002(connection: Connection, count: number): Promise<void> {
  const id = ID[connection.dialect];
  await makeNumbers(connection, count);
  await insertRows(connection, "executions_v2", {
    ...TIMES,
    id: id("e"),
    type: "'action_execution'",
    name: "'std.http'",
    state: "'SUCCESS'",
    output: text(2048),
  });
  await settle(connection, ["executions_v2"]);
}
