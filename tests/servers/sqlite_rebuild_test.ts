/** What a table rebuild of SQLite keeps, and what it refuses to lose. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import type { Database } from "../../lib/servers/database.ts";
import { currentVersions, upgrade } from "../../lib/engine/mod.ts";
import { column, integer, string, text } from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import {
  addColumn,
  alterColumn,
  createTable,
  dropColumn,
  foreignKey,
  unique,
} from "../../lib/operations/vocabulary.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import type { Revision } from "../../lib/revisions/graph/migration.ts";
import { raw, type Row } from "../../lib/sql/statement.ts";
import { type DatabaseTest, databaseTest } from "../tools/databases.ts";

const sqliteTest = (name: string, test: DatabaseTest) =>
  databaseTest(name, test, { dialects: ["sqlite"] });

async function run(connection: Database, ...texts: readonly string[]): Promise<void> {
  for (const statement of texts) await connection.execute(raw(statement));
}

const rows = async (connection: Database, query: string): Promise<readonly Row[]> =>
  (await connection.query(raw(query))).map((row) => ({ ...row }));

const revision = (id: string, down: string | null, upgrade: readonly Operation[]): Revision => ({
  id,
  down,
  message: id,
  created: "2026-01-01T00:00:00Z",
  upgrade,
});

/** Runs the operations as a migration of their own on the tables that are there. */
async function migrate(connection: Database, ...operations: readonly Operation[]): Promise<void> {
  const graph = revisionGraph<Revision>([
    revision("a", null, []),
    revision("b", "a", operations),
  ]);
  await upgrade(connection, graph, "a");
  await upgrade(connection, graph, "b");
}

/** A change that only a rebuild can make. */
const longer = (table: string, name: string) => alterColumn(table, name, { type: string(99) });

sqliteTest("rows that refer to a rebuilt table are kept", async (_t, database) => {
  await using connection = await database.connect();
  await run(
    connection,
    "PRAGMA foreign_keys = ON",
    "CREATE TABLE parent (id VARCHAR(5) PRIMARY KEY, a VARCHAR(5))",
    "CREATE TABLE child (id INTEGER PRIMARY KEY, p REFERENCES parent (id) ON DELETE CASCADE)",
    "CREATE TABLE self (id INTEGER PRIMARY KEY, a VARCHAR(5), up REFERENCES self (id) ON DELETE CASCADE)",
    "INSERT INTO parent VALUES ('p', 'a')",
    "INSERT INTO child VALUES (1, 'p'), (2, NULL)",
    "INSERT INTO self VALUES (1, 'a', NULL), (2, 'b', 1), (3, 'c', 2)",
  );
  await migrate(connection, longer("parent", "a"), longer("self", "a"));
  assert.deepEqual(await rows(connection, "SELECT id, p FROM child"), [
    { id: 1, p: "p" },
    { id: 2, p: null },
  ]);
  assert.deepEqual(await rows(connection, "SELECT id, up FROM self"), [
    { id: 1, up: null },
    { id: 2, up: 1 },
    { id: 3, up: 2 },
  ]);
  const [child] = await rows(connection, "SELECT sql FROM sqlite_master WHERE name = 'child'");
  assert.match(String(child!.sql), /REFERENCES parent /);
  await run(
    connection,
    "PRAGMA foreign_keys = ON",
    "DELETE FROM parent",
    "DELETE FROM self WHERE id = 1",
  );
  assert.equal((await rows(connection, "SELECT * FROM child")).length, 1);
  assert.equal((await rows(connection, "SELECT * FROM self")).length, 0);
});

sqliteTest("numbers of rows go on where they were", async (_t, database) => {
  await using connection = await database.connect();
  const numbered = column("n", integer, { nullable: false, autoincrement: true });
  await migrate(
    connection,
    createTable("t", { columns: [numbered, column("a", string(5))], primaryKey: ["n"] }),
  );
  await run(connection, "INSERT INTO t (n, a) VALUES (7, 'x')", "DELETE FROM alembic_version");
  await run(connection, "INSERT INTO alembic_version VALUES ('a')");
  const graph = revisionGraph<Revision>([
    revision("a", null, []),
    revision("b", "a", [longer("t", "a")]),
  ]);
  await upgrade(connection, graph, "b");
  await run(connection, "INSERT INTO t (a) VALUES ('y')");
  assert.deepEqual(await rows(connection, "SELECT n, a FROM t"), [
    { n: 7, a: "x" },
    { n: 8, a: "y" },
  ]);
});

sqliteTest("views and triggers that read a rebuilt table go on", async (_t, database) => {
  await using connection = await database.connect();
  await run(
    connection,
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5))",
    "CREATE TABLE log (text TEXT)",
    "CREATE VIEW v AS SELECT a FROM t",
    "CREATE TRIGGER on_t AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END",
    "CREATE TRIGGER on_log AFTER DELETE ON log BEGIN INSERT INTO t (a) VALUES ('back'); END",
    "INSERT INTO t VALUES (1, 'x')",
  );
  await migrate(connection, longer("t", "a"));
  assert.equal((await rows(connection, "SELECT * FROM log")).length, 1, "copying fires no trigger");
  await run(connection, "INSERT INTO t (a) VALUES ('y')", "DELETE FROM log WHERE text = 'x'");
  assert.deepEqual(await rows(connection, "SELECT text FROM log"), [{ text: "y" }, {
    text: "back",
  }]);
  assert.deepEqual(await rows(connection, "SELECT a FROM v"), [{ a: "x" }, { a: "y" }, {
    a: "back",
  }]);
});

sqliteTest("indexes of every kind are kept", async (_t, database) => {
  await using connection = await database.connect();
  const indexes = [
    "CREATE INDEX plain ON t (a, b)",
    "CREATE UNIQUE INDEX one ON t (b)",
    "CREATE INDEX part ON t (a) WHERE a IS NOT NULL",
    "CREATE INDEX expression ON t (lower(a))",
    "CREATE INDEX mixed ON t (b, a || b)",
    "CREATE INDEX descending ON t (a DESC)",
    "CREATE INDEX collated ON t (a COLLATE NOCASE)",
  ];
  await run(
    connection,
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b TEXT)",
    ...indexes,
  );
  await migrate(connection, longer("t", "a"));
  const kept = await rows(
    connection,
    "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 't'",
  );
  const normal = (sql: unknown) => String(sql).replaceAll('"', "");
  assert.deepEqual(kept.map(({ sql }) => normal(sql)).toSorted(), indexes.toSorted());
});

const HAND_MADE: Readonly<Record<string, string>> = {
  "a CHECK constraint": "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5) CHECK (a <> ''))",
  "a CHECK constraint of the table":
    "CREATE TABLE t (id INT, a VARCHAR(5), CHECK (length(a) >= id))",
  "a collation": "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5) COLLATE NOCASE)",
  "a generated column": "CREATE TABLE t (id INT, a VARCHAR(5), g GENERATED ALWAYS AS (id + 1))",
  "a generated column in short": "CREATE TABLE t (id INT, a VARCHAR(5), g INT AS (id + 1))",
  "AUTOINCREMENT": "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a VARCHAR(5))",
  "no row ids": "CREATE TABLE t (id VARCHAR(5) PRIMARY KEY, a VARCHAR(5)) WITHOUT ROWID",
  "strict types": "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT) STRICT",
  "a deferred key":
    "CREATE TABLE t (id INT, a VARCHAR(5) REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)",
  "a conflict clause": "CREATE TABLE t (id INT, a VARCHAR(5) UNIQUE ON CONFLICT REPLACE)",
};

for (const [what, created] of Object.entries(HAND_MADE)) {
  sqliteTest(`a table is not rebuilt where it would lose ${what}`, async (_t, database) => {
    await using connection = await database.connect();
    await run(connection, created, "INSERT INTO t (id, a) VALUES (1, 'x')");
    await migrate(connection, addColumn("t", column("more", text)));
    const before = await rows(connection, "SELECT sql FROM sqlite_master");
    await run(connection, "UPDATE alembic_version SET version_num = 'a'");
    await assert.rejects(migrate(connection, longer("t", "a")), {
      name: "OperatorError",
      message: /^Cannot rebuild table "t" .*[A-Z]{2}/,
    });
    assert.deepEqual(await rows(connection, "SELECT sql FROM sqlite_master"), before);
  });
}

sqliteTest("words in texts, names and comments are no hindrance", async (_t, database) => {
  await using connection = await database.connect();
  await run(
    connection,
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5) DEFAULT 'CHECK', -- COLLATE
      "check" INT, [strict] INT /* AUTOINCREMENT */)`,
  );
  await migrate(connection, longer("t", "a"));
  assert.deepEqual(await currentVersions(connection), ["b"]);
});

sqliteTest(
  "a row that refers to nothing stops the migration before it is kept",
  async (_t, database) => {
    await using connection = await database.connect();
    await run(
      connection,
      "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
      "CREATE TABLE t (id INTEGER PRIMARY KEY, p INT)",
      "INSERT INTO t VALUES (1, 7)",
    );
    await assert.rejects(migrate(connection, foreignKey("t", ["p"], "parent", ["id"])), {
      name: "OperatorError",
      message: /^Cannot commit b on sqlite: .*rows refer to rows that are not there.*rolled back/,
    });
    assert.deepEqual(await currentVersions(connection), ["a"]);
    const { tables } = await dialects.sqlite.catalog.introspect(connection);
    assert.deepEqual(tables.get("t")!.foreignKeys, []);
    assert.deepEqual(await rows(connection, "SELECT * FROM t"), [{ id: 1, p: 7 }]);
  },
);

sqliteTest("rows that referred to nothing before are left alone", async (_t, database) => {
  await using connection = await database.connect();
  await run(
    connection,
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), up INT REFERENCES t (id))",
    "INSERT INTO t VALUES (1, 'x', 7)",
  );
  await migrate(connection, longer("t", "a"));
  assert.deepEqual(await rows(connection, "SELECT id, up FROM t"), [{ id: 1, up: 7 }]);
});

sqliteTest("a rebuild that fails leaves everything as it was", async (_t, database) => {
  await using connection = await database.connect();
  await run(
    connection,
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
    "INSERT INTO t (a) VALUES ('x'), ('x')",
  );
  const before = await rows(
    connection,
    "SELECT sql FROM sqlite_master WHERE name <> 'alembic_version'",
  );
  await assert.rejects(migrate(connection, dropColumn("t", "b"), unique("t", ["a"])), {
    message: /UNIQUE constraint failed/,
  });
  const after = await rows(
    connection,
    "SELECT sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'",
  );
  assert.deepEqual(after, before);
  assert.equal((await rows(connection, "SELECT * FROM t")).length, 2);
});
