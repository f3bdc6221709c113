/**
 * What sites have in their databases besides Mistral's tables: none of it stands in the way of an upgrade,
 * and each survives it.
 */
import assert from "node:assert/strict";
import { connect } from "../../lib/servers/connecting/connect.ts";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { check, currentVersions, previewUpgrade, upgrade } from "../../lib/engine/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest, type TestDatabase } from "../tools/databases.ts";
import { models } from "../../migrations/models/mod.ts";
import { graph, head, upgradeTo } from "../tools/migrations.ts";
import { loadSampleRows } from "../tools/sample_rows.ts";

/** Something that a site has added, and a query that gives the same rows before and after the upgrade. */
interface Oddity {
  readonly make: Partial<Record<DialectName, readonly string[]>>;
  readonly ask: string;
}

const same = (...statements: readonly string[]) => ({
  postgresql: statements,
  mysql: statements,
  sqlite: statements,
});

const ODDITIES: Readonly<Record<string, Oddity>> = {
  "a view": {
    make: same("CREATE VIEW recent AS SELECT id, name FROM workflow_definitions_v2"),
    ask: "SELECT * FROM recent ORDER BY id",
  },
  "a view on one of a site's tables": {
    make: same(
      "CREATE TABLE site (id INTEGER PRIMARY KEY, a INTEGER)",
      "INSERT INTO site VALUES (1, 2)",
      "CREATE VIEW of_site AS SELECT a FROM site",
    ),
    ask: "SELECT * FROM of_site",
  },
  "a trigger": {
    make: {
      postgresql: [
        "CREATE TABLE log (what VARCHAR(9))",
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS " +
        "'BEGIN INSERT INTO log VALUES (TG_OP); RETURN NULL; END'",
        "CREATE TRIGGER noting AFTER DELETE ON workbooks_v2 FOR EACH ROW EXECUTE PROCEDURE note()",
      ],
      mysql: [
        "CREATE TABLE log (what VARCHAR(9))",
        "CREATE TRIGGER noting AFTER DELETE ON workbooks_v2 FOR EACH ROW INSERT INTO log VALUES ('x')",
      ],
      sqlite: [
        "CREATE TABLE log (what VARCHAR(9))",
        "CREATE TRIGGER noting AFTER DELETE ON workbooks_v2 BEGIN INSERT INTO log VALUES ('x'); END",
      ],
    },
    ask: "SELECT * FROM log",
  },
  "a generated column": {
    make: {
      postgresql: [
        "CREATE TABLE site (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED)",
        "INSERT INTO site (a) VALUES (2)",
      ],
      mysql: [
        "CREATE TABLE site (a INTEGER, b INTEGER AS (a * 2) STORED, c INTEGER AS (a + 1) VIRTUAL)",
        "INSERT INTO site (a) VALUES (2)",
      ],
      sqlite: [
        "CREATE TABLE site (a INTEGER, b INTEGER AS (a * 2) STORED, c INTEGER AS (a + 1))",
        "INSERT INTO site (a) VALUES (2)",
      ],
    },
    ask: "SELECT * FROM site",
  },
  "a generated column in one of Mistral's tables": {
    make: {
      mysql: ["ALTER TABLE workbooks_v2 ADD site_length INTEGER AS (CHAR_LENGTH(name)) VIRTUAL"],
      postgresql: [
        "ALTER TABLE workbooks_v2 ADD site_length INTEGER GENERATED ALWAYS AS (LENGTH(name)) STORED",
      ],
    },
    ask: "SELECT id, site_length FROM workbooks_v2 ORDER BY id",
  },
  "partitions": {
    make: {
      postgresql: [
        "CREATE TABLE site (a INTEGER) PARTITION BY RANGE (a)",
        "CREATE TABLE site_1 PARTITION OF site FOR VALUES FROM (0) TO (9)",
        "INSERT INTO site VALUES (2)",
      ],
      mysql: [
        "CREATE TABLE site (a INTEGER) PARTITION BY HASH (a) PARTITIONS 3",
        "INSERT INTO site VALUES (2)",
      ],
    },
    ask: "SELECT * FROM site",
  },
  "another schema with tables of the same names": {
    make: {
      postgresql: [
        "CREATE SCHEMA other",
        "CREATE TABLE other.workbooks_v2 (id INTEGER)",
        "CREATE TABLE other.alembic_version (version_num VARCHAR(32))",
        "INSERT INTO other.alembic_version VALUES ('999')",
      ],
    },
    ask: "SELECT * FROM other.alembic_version",
  },
  "other engines of storage": {
    make: {
      mysql: [
        "CREATE TABLE of_myisam (a INTEGER, FULLTEXT KEY (b), b TEXT) ENGINE=MyISAM",
        "CREATE TABLE of_memory (a INTEGER) ENGINE=MEMORY",
        "INSERT INTO of_myisam VALUES (1, 'b')",
      ],
    },
    ask: "SELECT * FROM of_myisam",
  },
  "sequences, types and functions": {
    make: {
      postgresql: [
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE TABLE site (id SERIAL PRIMARY KEY, m mood, t tsvector, r int4range, a TEXT[])",
        "CREATE INDEX ON site USING gin (t)",
        "CREATE INDEX ON site ((id * 2)) WHERE id > 5",
        "INSERT INTO site (m) VALUES ('sad')",
      ],
    },
    ask: "SELECT id, m::text AS m FROM site",
  },
  "sequences and periods": {
    make: {
      mysql: [
        "CREATE TABLE site (a INTEGER, s ENUM('x', 'y'), g GEOMETRY, j JSON, CHECK (a > 0))",
        "CREATE INDEX long_text ON site (s)",
        "INSERT INTO site (a, s) VALUES (1, 'x')",
      ],
    },
    ask: "SELECT a, s FROM site",
  },
  "names that nobody would choose": {
    make: {
      postgresql: ['CREATE TABLE "a\nb""c\x1b[31m" ("d\'e`f" INTEGER, "\u202e" TEXT)'],
      mysql: ["CREATE TABLE `a\nb\"c\x1b[31m` (`d'e``f` INTEGER, `\u202e` TEXT)"],
      sqlite: ['CREATE TABLE "a\nb""c\x1b[31m" ("d\'e`f" INTEGER, "\u202e" TEXT)'],
    },
    ask: "SELECT COUNT(*) AS n FROM workbooks_v2",
  },
};

const execute = async (connection: Database, statements: readonly string[]) => {
  for (const statement of statements) await connection.execute(raw(statement));
};

/** A database with rows at 019, and with the oddity. */
async function prepared(database: TestDatabase, statements: readonly string[]) {
  const connection = await database.connect();
  await upgradeTo(connection, "019");
  await loadSampleRows(connection);
  await execute(connection, statements);
  return connection;
}

for (const [name, { make, ask }] of Object.entries(ODDITIES)) {
  const dialects = Object.keys(make) as DialectName[];
  databaseTest(`upgraded beside ${name}`, async (_t, database) => {
    await using connection = await prepared(database, make[database.dialect]!);
    const before = await connection.query(raw(ask));
    await previewUpgrade(connection, graph, "head");
    await upgradeTo(connection, "head");
    assert.deepEqual(await currentVersions(connection), [head]);
    assert.deepEqual(await connection.query(raw(ask)), before);
    await check(connection, { models, graph });
    // A second run finds nothing to do.
    assert.deepEqual((await upgradeTo(connection, "head")).applied, []);
  }, { dialects });
}

databaseTest("upgraded by a role that owns nothing but its tables", async (_t, database) => {
  const role = `r${crypto.randomUUID().slice(0, 8)}`;
  await using administrator = await database.connect();
  await execute(administrator, [
    `CREATE ROLE ${role} LOGIN PASSWORD 'tell-nobody'`,
    `CREATE SCHEMA ${role} AUTHORIZATION ${role}`,
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    `REVOKE TEMPORARY ON DATABASE ${database.name} FROM PUBLIC`,
  ]);
  try {
    const url = database.url.replace(/\/\/[^:]*:[^@]*@/, `//${role}:tell-nobody@`);
    await using connection = await connect(url);
    await upgrade(connection, graph, "019");
    await loadSampleRows(connection);
    await upgrade(connection, graph, "head");
    assert.deepEqual(await currentVersions(connection), [head]);
    assert.equal(
      (await administrator.query(raw("SELECT to_regclass('public.workbooks_v2') AS t")))[0]!.t,
      null,
    );
  } finally {
    await execute(administrator, [`DROP OWNED BY ${role}`, `DROP ROLE ${role}`]);
  }
}, { dialects: ["postgresql"] });

databaseTest("upgraded by a user who may change tables, and nothing else", async (_t, database) => {
  const user = `u${crypto.randomUUID().slice(0, 8)}`;
  await using administrator = await database.connect();
  await execute(administrator, [
    `CREATE USER '${user}'@'%' IDENTIFIED BY 'tell-nobody'`,
    `GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON ${database.name}.* TO '${user}'@'%'`,
  ]);
  try {
    const url = database.url.replace(/\/\/[^:]*:[^@]*@/, `//${user}:tell-nobody@`);
    await using connection = await connect(url);
    await upgrade(connection, graph, "019");
    await loadSampleRows(connection);
    await upgrade(connection, graph, "head");
    assert.deepEqual(await currentVersions(connection), [head]);
  } finally {
    await execute(administrator, [`DROP USER '${user}'@'%'`]);
  }
}, { dialects: ["mysql"] });
