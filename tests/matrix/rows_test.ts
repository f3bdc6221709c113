/** Rows of a real cluster at 019, brought to head. */
import assert from "node:assert/strict";
import type { DialectName } from "../../lib/servers/database.ts";
import { upgrade } from "../../lib/engine/mod.ts";
import { raw, type Row } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { graph, head, rowsOf, upgradeTo } from "../tools/migrations.ts";
import { insertSpecs, loadSampleRows, ODD_SPECS, ROW_SOURCE } from "../tools/sample_rows.ts";

/** What the databases have no common type for: 0 and 1 stand for booleans. */
function comparable(rows: readonly Row[], dialect: DialectName): unknown[] {
  const plain = (value: unknown) =>
    dialect === "sqlite" && typeof value === "boolean" ? +value : value;
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))
  );
}

/** The run's own time stamps, as the reference writes them. */
function withoutNow(table: string, rows: readonly Row[]): readonly Row[] {
  if (table !== "mistral_metrics") return rows;
  return rows.map((row) => {
    for (const stamp of [row.created_at, row.updated_at]) {
      const age = Date.now() - Date.parse(`${stamp}Z`);
      assert.ok(age > -2_000 && age < 60_000, `"${stamp}" is not now, in UTC`);
    }
    return { ...row, created_at: "<now>", updated_at: "<now>" };
  });
}

databaseTest("rows of 019 at 045 equal the reference", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  await loadSampleRows(connection);
  await upgradeTo(connection, "045");
  const path = `rows/${ROW_SOURCE[database.dialect]}-045.json`;
  const expected = await jsonFixture<Record<string, Row[]>>(path);
  for (const [table, rows] of Object.entries(expected)) {
    if (table === "alembic_version") continue;
    // CHAR is padded on PostgreSQL only.
    const trimmed = database.dialect === "sqlite"
      ? rows.map((row) => ({ ...row, ...trim(row, "workflow_input_hash", "workflow_params_hash") }))
      : rows;
    const sorted = trimmed.toSorted((a, b) => String(a.id) < String(b.id) ? -1 : 1);
    const found = withoutNow(table, await rowsOf(connection, table));
    const foundSorted = found.toSorted((a, b) => String(a.id) < String(b.id) ? -1 : 1);
    assert.deepEqual(
      comparable(foundSorted, database.dialect),
      comparable(sorted, database.dialect),
      table,
    );
  }
});

function trim(row: Row, ...columns: string[]): Record<string, string> {
  return Object.fromEntries(
    columns.filter((column) => typeof row[column] === "string")
      .map((column) => [column, String(row[column]).trimEnd()]),
  );
}

const WORKFLOW_SPECS = [
  '{"workflow": null}',
  '{"a": "\\u0000", "workflow": 1}',
  '{"\\u0077orkflow": null}',
  '{"a": "\\\\u0000", "workflow": 1}',
  '{"a": {"workflow": 1}, "workflow": {}}',
];

const ACTION_SPECS = ['{"Workflow": 1}', '{"a": "workflow"}', '{"a": {"workflow": 1}}', "{}"];

databaseTest(
  "020 neither crashes nor guesses, and counts what it cannot read",
  async (_t, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "019");
    const specs = [...ODD_SPECS, ...WORKFLOW_SPECS, ...ACTION_SPECS];
    await insertSpecs(connection, specs);
    const warnings: string[] = [];
    await upgrade(connection, graph, "020", {
      onEvent: (event) => event.kind === "warning" && warnings.push(event.message),
    });
    const types = (await rowsOf(connection, "task_executions_v2")).map((row) => row.type);
    assert.deepEqual(types, [
      ...ODD_SPECS.map(() => "ACTION"),
      ...WORKFLOW_SPECS.map(() => "WORKFLOW"),
      ...ACTION_SPECS.map(() => "ACTION"),
    ]);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^8 task executions/);
  },
);

databaseTest("006 takes rows that are there", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "005");
  await connection.execute(raw(
    `INSERT INTO delayed_calls_v2 (id, target_method_name, execution_time)
     VALUES ('a', 'run', '2020-01-01 00:00:00')`,
  ));
  await upgradeTo(connection, "006");
  const [row] = await rowsOf(connection, "delayed_calls_v2");
  assert.equal(Number(row!.processing), 0);
});

databaseTest("a maintenance status that is there is kept", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "041");
  await connection.execute(raw(
    "CREATE TABLE mistral_metrics (name VARCHAR(255) UNIQUE, value VARCHAR(255), " +
      "id INT PRIMARY KEY DEFAULT 1)",
  ));
  await connection.execute(raw(
    "INSERT INTO mistral_metrics (id, name, value) VALUES (1, 'maintenance_status', 'PAUSED')",
  ));
  await upgradeTo(connection, "043");
  const [before] = await rowsOf(connection, "mistral_metrics");
  assert.deepEqual({ ...before }, { name: "maintenance_status", value: "PAUSED", id: 1 });
  await upgradeTo(connection, "head");
  const [after] = await rowsOf(connection, "mistral_metrics");
  assert.deepEqual([after!.id, after!.name, after!.value], [1, "maintenance_status", "PAUSED"]);
});

databaseTest("new metrics get numbers of their own", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  await connection.execute(raw("INSERT INTO mistral_metrics (name, value) VALUES ('a', 'b')"));
  const rows = await rowsOf(connection, "mistral_metrics");
  assert.deepEqual(rows.map(({ id, name, value }) => [id, name, value]), [
    [1, "maintenance_status", "RUNNING"],
    [2, "a", "b"],
  ]);
});

databaseTest(
  "what sites have already is left or replaced as upstream does",
  async (_t, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "033");
    await connection.execute(
      raw("CREATE TABLE scheduled_jobs_v2 (id VARCHAR(36) PRIMARY KEY, junk INT)"),
    );
    await upgradeTo(connection, "042");
    await connection.execute(
      raw("ALTER TABLE workflow_definitions_v2 ADD COLUMN checksum VARCHAR(32)"),
    );
    const { to } = await upgradeTo(connection, "head");
    assert.deepEqual(to, [head]);
  },
);
