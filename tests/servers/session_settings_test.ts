/** The migrations come to the same whatever the session's or the server's settings are. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import type { Database } from "../../lib/servers/database.ts";
import { column, string } from "../../lib/operations/columns.ts";
import { createTable } from "../../lib/operations/vocabulary.ts";
import { raw, type Row } from "../../lib/sql/statement.ts";
import { databaseTest, freshDatabase, isAvailable } from "../tools/databases.ts";
import { foldedSchema, head, liveSchema, rowsOf, upgradeTo } from "../tools/migrations.ts";
import { make } from "../tools/operations.ts";
import { loadSampleRows } from "../tools/sample_rows.ts";

const SETTINGS = {
  mysql: [
    "SET SESSION sql_mode = ''",
    "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
    "SET SESSION sql_mode = 'TRADITIONAL,PIPES_AS_CONCAT,IGNORE_SPACE,ONLY_FULL_GROUP_BY'",
    "SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED",
    "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "SET SESSION foreign_key_checks = 0",
    "SET SESSION time_zone = '+11:00'",
    "SET SESSION sql_require_primary_key = 1",
    "SET SESSION sql_generate_invisible_primary_key = 1",
  ],
  postgresql: [
    "SET standard_conforming_strings = off",
    "SET default_transaction_isolation = 'serializable'",
    "SET default_transaction_isolation = 'repeatable read'",
    "SET quote_all_identifiers = on",
    "SET TimeZone = 'Asia/Kolkata'",
    "SET client_min_messages = 'error'",
    "SET default_transaction_deferrable = on",
  ],
} as const;

const TABLES = ["task_executions_v2", "workflow_definitions_v2", "delayed_calls_v2"];

async function tableRows(connection: Database): Promise<readonly (readonly Row[])[]> {
  const tables: (readonly Row[])[] = [];
  for (const table of TABLES) tables.push(await rowsOf(connection, table));
  return tables;
}

/** What is kept of the sample rows after an upgrade with the setting, as another session sees it. */
async function upgradedRows(dialect: keyof typeof SETTINGS, setting: string | null) {
  await using database = await freshDatabase(dialect);
  {
    await using connection = await database.connect();
    await upgradeTo(connection, "019");
    await loadSampleRows(connection);
    if (setting !== null) await connection.execute(raw(setting));
    await upgradeTo(connection, "head");
    assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  }
  await using other = await database.connect();
  assert.deepEqual(await other.query(raw("SELECT version_num FROM alembic_version")), [
    { version_num: head },
  ]);
  return await tableRows(other);
}

/** Whether the server has a setting: some are MySQL's alone. */
async function isKnown(dialect: keyof typeof SETTINGS, setting: string): Promise<boolean> {
  await using database = await freshDatabase(dialect);
  await using connection = await database.connect();
  return await connection.execute(raw(setting)).then(() => true, () => false);
}

for (const dialect of ["postgresql", "mysql"] as const) {
  Deno.test({
    name: `settings make no difference (${dialect})`,
    ignore: !isAvailable(dialect),
    fn: async (t) => {
      const expected = await upgradedRows(dialect, null);
      for (const setting of SETTINGS[dialect]) {
        const ignore = !await isKnown(dialect, setting);
        await t.step({
          name: setting,
          ignore,
          fn: async () => assert.deepEqual(await upgradedRows(dialect, setting), expected),
        });
      }
    },
  });
}

databaseTest("a backslash in a default is one, whatever the setting", async (t, database) => {
  await using connection = await database.connect();
  const server = dialects[database.dialect];
  const settings = database.dialect === "sqlite" ? ["SELECT 1"] : [
    "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'",
    "SET SESSION sql_mode = ''",
    "SET standard_conforming_strings = off",
    "SET standard_conforming_strings = on",
  ].filter((setting) => setting.includes("sql_mode") === (database.dialect === "mysql"));
  for (const [number, setting] of settings.entries()) {
    await t.step(setting, async () => {
      await connection.execute(raw(setting));
      const name = `t${number}`;
      const columns = [
        column("id", string(9)),
        column("a", string(20), { default: "C:\\n\\'é" }),
      ];
      await make(connection, [createTable(name, { columns })]);
      await connection.execute(raw(`INSERT INTO ${name} (id) VALUES ('x')`));
      const [row] = await connection.query(raw(`SELECT a FROM ${name}`));
      assert.equal(row!.a, "C:\\n\\'é");
      const made = (await server.catalog.introspect(connection)).tables.get(name)!;
      assert.deepEqual(made.columns[1]!.default, { literal: "C:\\n\\'é" });
    });
  }
});

databaseTest("a schema of one's own is as good as public", async (_t, database) => {
  await using admin = await database.connect();
  await admin.execute(raw('CREATE SCHEMA "Mistral"'));
  await upgradeTo(admin, "003");
  const options = encodeURIComponent('-csearch_path="Mistral"');
  const settings = connectionSettings(new Secret(`${database.url}?options=${options}`));
  await using connection = await open(settings);
  const { from } = await upgradeTo(connection, "head");
  assert.deepEqual(from, []);
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  assert.deepEqual(await liveSchema(admin), foldedSchema(admin, "003"));
  assert.equal((await admin.query(raw('SELECT * FROM "Mistral".mistral_metrics'))).length, 1);
}, { dialects: ["postgresql"] });

databaseTest("a search path that leads nowhere is said, not waited for", async (_t, database) => {
  const settings = connectionSettings(
    new Secret(`${database.url}?options=-csearch_path%3Dnowhere`),
  );
  await using connection = await open(settings);
  await assert.rejects(upgradeTo(connection, "head"), {
    name: /Error$/,
    message: /schema/,
  });
}, { dialects: ["postgresql"] });
