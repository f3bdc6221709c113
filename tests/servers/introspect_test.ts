/** What a site may have beside Mistral's tables, and in them. */
import assert from "node:assert/strict";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import { dialects } from "../tools/dialects.ts";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { fold } from "../../lib/plan/fold.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { schemaOf, type Table } from "../../lib/schema/schema.ts";
import { raw } from "../../lib/sql/statement.ts";
import { migrations } from "../../migrations/mod.ts";
import { databaseTest } from "../tools/databases.ts";
import { liveSchema, upgradeTo } from "../tools/migrations.ts";

async function run(connection: Database, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await connection.execute(raw(text));
}

async function introspected(connection: Database): Promise<ReadonlyMap<string, Table>> {
  return (await connection.server.catalog.introspect(connection)).tables;
}

const VIEW = "CREATE VIEW site_view AS SELECT id, name FROM environments_v2";

/** Things of a site that no migration minds, as they are at 021. */
const SITE: Readonly<Record<DialectName, readonly string[]>> = {
  postgresql: [
    VIEW,
    "CREATE SCHEMA other",
    "CREATE TABLE other.workbooks_v2 (id INT PRIMARY KEY)",
    "CREATE TABLE other.alembic_version (version_num VARCHAR(32))",
    "INSERT INTO other.alembic_version VALUES ('999')",
    "CREATE MATERIALIZED VIEW site_materialized AS SELECT id FROM environments_v2",
    "CREATE SEQUENCE site_sequence",
    "CREATE TYPE site_type AS ENUM ('a', 'b')",
    "CREATE TABLE parted (id INT, at TIMESTAMP) PARTITION BY RANGE (at)",
    "CREATE TABLE part PARTITION OF parted DEFAULT",
    "CREATE TABLE site_table (a site_type DEFAULT 'a', b INT GENERATED ALWAYS AS IDENTITY, " +
    "c INT DEFAULT 1 + 1, d INT GENERATED ALWAYS AS (5 * 2) STORED, e NUMERIC(5, 2)[])",
    "CREATE INDEX site_expression ON workflow_definitions_v2 (lower(name))",
    "CREATE INDEX site_partial ON workflow_definitions_v2 (id) WHERE scope = 'public'",
    "CREATE INDEX site_include ON workflow_definitions_v2 (created_at) INCLUDE (updated_at)",
    "ALTER TABLE workflow_definitions_v2 ADD CONSTRAINT site_check CHECK (id <> '')",
  ],
  mysql: [
    VIEW,
    "CREATE TABLE site_table (a ENUM('a', 'b') DEFAULT 'a', b INT AUTO_INCREMENT PRIMARY KEY, " +
    "c DECIMAL(5, 2) UNSIGNED, d INT AS (5 * 2) STORED, e TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP)",
    "CREATE TABLE site_myisam (id INT) ENGINE = MyISAM",
    "CREATE INDEX site_prefix ON workflow_definitions_v2 (definition(20))",
    "CREATE TRIGGER site_trigger BEFORE INSERT ON workbooks_v2 FOR EACH ROW SET NEW.scope = 'private'",
  ],
  sqlite: [
    VIEW,
    "CREATE TABLE site_table (a TEXT CHECK (a <> ''), b INT GENERATED ALWAYS AS (5) STORED, c ANY)",
    "CREATE TABLE site_counted (id INTEGER PRIMARY KEY AUTOINCREMENT)",
    "CREATE VIRTUAL TABLE site_search USING fts5(body)",
    "CREATE INDEX site_partial ON workflow_definitions_v2 (id) WHERE scope = 'public'",
    "CREATE TRIGGER site_trigger AFTER INSERT ON workbooks_v2 BEGIN SELECT 1; END",
  ],
};

/** What is added to a table of Mistral on every database. */
const ADDED = [
  "ALTER TABLE workflow_definitions_v2 ADD COLUMN site_column INT",
  "CREATE INDEX site_index ON workflow_definitions_v2 (site_column, scope)",
];

/** The tables that the migrations make, without what the site has added to them. */
function ofMistral(live: ReadonlyMap<string, Table>, expected: ReadonlyMap<string, Table>) {
  const isSites = ({ name }: { readonly name: string }) => name.startsWith("site_");
  const own = [...live.values()].filter(({ name }) => expected.has(name));
  return own.map(({ madeAgainInRebuild: _, ...table }): Table => ({
    ...table,
    columns: table.columns.filter((column) => !isSites(column)),
    indexes: table.indexes.filter((index) => !isSites(index)),
  }));
}

databaseTest("what a site has added is no hindrance, and stays", async (_t, database) => {
  await using connection = await database.connect();
  const server = dialects[database.dialect];
  await upgradeTo(connection, "021");
  await run(connection, ...SITE[database.dialect], ...ADDED);
  const before = await introspected(connection);
  await upgradeTo(connection, "head");
  const after = await introspected(connection);
  const expected = fold(migrations, server.rules);
  assert.deepEqual(canonical(schemaOf(ofMistral(after, expected.tables))), canonical(expected));
  for (const [name, table] of before) {
    if (name.startsWith("site_")) assert.deepEqual(after.get(name), table);
  }
  const table = after.get("workflow_definitions_v2")!;
  assert.ok(table.columns.some(({ name }) => name === "site_column"));
  const index = table.indexes.find(({ name }) => name === "site_index");
  assert.deepEqual(index?.columns, ["site_column", "scope"]);
  assert.equal((await connection.query(raw("SELECT * FROM site_view"))).length, 0);
});

databaseTest("an index has its own columns, not those it includes", async (_t, database) => {
  await using connection = await database.connect();
  await run(connection, "CREATE TABLE t (a INT, b INT)", "CREATE INDEX i ON t (b) INCLUDE (a)");
  const { indexes } = (await introspected(connection)).get("t")!;
  assert.deepEqual(indexes.map(({ name, columns }) => [name, columns]), [["i", ["b"]]]);
}, { dialects: ["postgresql"] });

const UPPER: Readonly<Record<DialectName, (name: string) => string>> = {
  postgresql: (name) => `"${name}"`,
  mysql: (name) => `\`${name}\``,
  sqlite: (name) => `[${name}]`,
};

databaseTest("names are read as they are", async (_t, database) => {
  await using connection = await database.connect();
  const quote = UPPER[database.dialect];
  const [table, a, b] = ["Ta, ble(x)", "Co, l)", "order"].map(quote);
  const [key, index, self] = ["K, ey", "I, dx", "Fo) r"].map(quote);
  await run(
    connection,
    `CREATE TABLE ${table} (${a} INT NOT NULL, ${b} INT, PRIMARY KEY (${a}), ` +
      `CONSTRAINT ${key} UNIQUE (${b}, ${a}), ` +
      `CONSTRAINT ${self} FOREIGN KEY (${b}) REFERENCES ${table} (${a}) ON DELETE SET NULL)`,
    `CREATE INDEX ${index} ON ${table} (${b})`,
  );
  const found = (await introspected(connection)).get("Ta, ble(x)")!;
  assert.deepEqual(found.columns.map(({ name }) => name), ["Co, l)", "order"]);
  assert.deepEqual(found.primaryKey!.columns, ["Co, l)"]);
  assert.deepEqual(found.uniques, [{ name: "K, ey", columns: ["order", "Co, l)"] }]);
  assert.deepEqual(found.indexes.map(({ name, columns }) => [name, columns]), [
    ["I, dx", ["order"]],
  ]);
  assert.deepEqual(found.foreignKeys, [{
    name: "Fo) r",
    columns: ["order"],
    refTable: "Ta, ble(x)",
    refColumns: ["Co, l)"],
    onDelete: "SET NULL",
    onUpdate: found.foreignKeys[0]!.onUpdate,
  }]);
});

databaseTest("a schema is read in the same words each time", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  assert.deepEqual(await introspected(connection), await introspected(connection));
  assert.ok(!(await introspected(connection)).has("alembic_version"));
  const names = await tableNames(connection);
  assert.ok(names.includes("alembic_version"));
});

databaseTest("a schema of the user's own name hides no tables", async (_t, database) => {
  await using earlier = await database.connect();
  await upgradeTo(earlier, "003");
  const before = await liveSchema(earlier);
  await earlier.execute(raw("CREATE SCHEMA AUTHORIZATION CURRENT_USER"));
  // A session keeps the schemas that it has found at its beginning.
  await using connection = await database.connect();
  const [row] = await connection.query(raw("SELECT current_schema() <> 'public' AS moved"));
  assert.equal(row!.moved, true);
  assert.deepEqual(await liveSchema(connection), before);
  const { from } = await upgradeTo(connection, "004");
  assert.deepEqual(from, ["003"]);
}, { dialects: ["postgresql"] });
