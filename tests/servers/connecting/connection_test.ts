import assert from "node:assert/strict";
import { ConnectionError, DatabaseError } from "../../../lib/errors.ts";
import type { Database, DialectName } from "../../../lib/servers/database.ts";
import { raw, sql, type Statement } from "../../../lib/sql/statement.ts";
import { databaseTest, DIALECTS } from "../../tools/databases.ts";

const CREATE: Readonly<Record<DialectName, string>> = {
  postgresql: `CREATE TABLE t (id bigint PRIMARY KEY, name text UNIQUE, flag boolean, data bytea,
    at timestamp, ratio double precision, doc json)`,
  mysql: `CREATE TABLE t (id bigint PRIMARY KEY, name varchar(80) UNIQUE, flag boolean, data blob,
    at datetime(6), ratio double, doc longtext)`,
  sqlite: `CREATE TABLE t (id integer PRIMARY KEY, name text UNIQUE, flag boolean, data blob,
    at datetime, ratio double, doc text)`,
};

async function withTable(connection: Database): Promise<void> {
  await connection.execute(raw(CREATE[connection.server.rules.dialect]));
}

databaseTest("values arrive as they were sent", async (_, database) => {
  await using connection = await database.connect();
  await withTable(connection);
  const row = {
    id: 9007199254740993n,
    name: "Zoë 'quoted' \\ \"double\" ? $1",
    data: Uint8Array.of(0, 1, 128, 255),
    at: "2024-02-29 23:59:59.123456",
    ratio: 0.1,
    doc: '{"a": [1, 2]}',
  };
  await connection.execute(sql`INSERT INTO t (id, name, flag, data, at, ratio, doc) VALUES
    (${row.id}, ${row.name}, ${true}, ${row.data}, ${row.at}, ${row.ratio}, ${row.doc})`);
  const [read] = await connection.query(sql`SELECT * FROM t WHERE id = ${row.id}`);
  assert.deepEqual({ ...read }, {
    ...{ id: row.id, name: row.name, flag: database.dialect === "postgresql" ? true : 1 },
    ...{ data: row.data, at: row.at, ratio: row.ratio, doc: row.doc },
  });
});

databaseTest("times are text, without a time zone's doing", async (_, database) => {
  await using connection = await database.connect();
  await withTable(connection);
  await connection.execute(raw("INSERT INTO t (id, at) VALUES (1, '2024-03-31 02:30:00')"));
  const [row] = await connection.query(raw("SELECT at FROM t"));
  const expected = "2024-03-31 02:30:00" + (database.dialect === "mysql" ? ".000000" : "");
  assert.equal(row!.at, expected);
});

databaseTest("integers are numbers as long as they are exact", async (_, database) => {
  await using connection = await database.connect();
  await withTable(connection);
  for (const id of [0, -1, 9007199254740991, 9007199254740992n, -9223372036854775808n]) {
    await connection.execute(sql`INSERT INTO t (id) VALUES (${id})`);
    const [row] = await connection.query(sql`SELECT id FROM t WHERE id = ${id}`);
    assert.equal(row!.id, id);
  }
  const [count] = await connection.query(raw("SELECT count(*) AS n FROM t"));
  assert.equal(count!.n, 5);
  const [page] = await connection.query(sql`SELECT id FROM t ORDER BY id LIMIT ${1}`);
  assert.equal(page!.id, -9223372036854775808n);
});

databaseTest("nulls, empty texts and booleans", async (_, database) => {
  await using connection = await database.connect();
  await withTable(connection);
  await connection.execute(sql`INSERT INTO t (id, name, flag) VALUES (${1}, ${null}, ${false})`);
  await connection.execute(sql`INSERT INTO t (id, name, data) VALUES (2, ${""}, ${null})`);
  const rows = await connection.query(raw("SELECT id, name, flag FROM t ORDER BY id"));
  const no = database.dialect === "postgresql" ? false : 0;
  assert.deepEqual(rows.map((row) => ({ ...row })), [
    { id: 1, name: null, flag: no },
    { id: 2, name: "", flag: null },
  ]);
  assert.equal((await connection.query(sql`SELECT id FROM t WHERE flag = ${false}`)).length, 1);
});

databaseTest("an UPDATE counts the rows it matched, changed or not", async (_, database) => {
  await using connection = await database.connect();
  assert.equal(await connection.execute(raw(CREATE[database.dialect])), 0);
  assert.equal(await connection.execute(raw("INSERT INTO t (id) VALUES (1), (2), (3)")), 3);
  assert.equal(await connection.execute(sql`UPDATE t SET name = ${null}`), 3);
  assert.equal(await connection.execute(raw("UPDATE t SET name = 'x' WHERE id = 9")), 0);
  assert.equal(await connection.execute(raw("SELECT * FROM t")), 0);
  assert.equal(await connection.execute(sql`DELETE FROM t WHERE id > ${1}`), 2);
  assert.equal(await connection.execute(raw("DROP TABLE t")), 0);
});

databaseTest("what is not committed is gone with the session", async (_, database) => {
  await using watcher = await database.connect();
  await withTable(watcher);
  {
    await using connection = await database.connect();
    await connection.execute(raw("BEGIN"));
    await connection.execute(raw("INSERT INTO t (id) VALUES (1)"));
    await connection.execute(raw("COMMIT"));
    await connection.execute(raw("BEGIN"));
    await connection.execute(raw("INSERT INTO t (id) VALUES (2)"));
  }
  assert.deepEqual((await watcher.query(raw("SELECT id FROM t"))).map(({ id }) => id), [1]);
});

databaseTest("statements run in the order of the calls", async (_, database) => {
  await using connection = await database.connect();
  const created = withTable(connection);
  const inserts = [1, 2, 3].map((id) => connection.execute(sql`INSERT INTO t (id) VALUES (${id})`));
  const rows = connection.query(raw("SELECT id FROM t ORDER BY id"));
  assert.deepEqual((await rows).map(({ id }) => id), [1, 2, 3]);
  await Promise.all([created, ...inserts]);
});

databaseTest("a refused statement leaves the session usable", async (_, database) => {
  await using connection = await database.connect();
  await withTable(connection);
  const codes = { postgresql: "42P01", mysql: "1146", sqlite: "1" };
  await assert.rejects(connection.query(raw("SELECT * FROM missing")), (error: DatabaseError) => {
    assert.ok(error instanceof DatabaseError);
    assert.match(error.message, /missing/);
    assert.equal(error.code, codes[database.dialect]);
    return true;
  });
  await assert.rejects(connection.query(sql`SELECT * FROM missing WHERE a = ${1}`), DatabaseError);
  assert.deepEqual(await connection.query(raw("SELECT id FROM t")), []);
});

/** Statements that carry a value into an error, on the databases that refuse them. */
const REFUSED: readonly [(secret: string) => Statement, readonly DialectName[]][] = [
  [(secret) => sql`INSERT INTO t (id, name) VALUES (${2}, ${secret})`, DIALECTS],
  [(secret) => sql`INSERT INTO t (id, at) VALUES (${3}, ${secret})`, ["postgresql", "mysql"]],
  [(secret) => sql`INSERT INTO t (id, name) VALUES (${secret}, ${"a"})`, DIALECTS],
  [(secret) => sql`INSERT INTO t (id, missing) VALUES (${4}, ${secret})`, DIALECTS],
];

databaseTest("no value shows in an error", async (_, database) => {
  await using connection = await database.connect();
  await withTable(connection);
  const secret = "Sw0rdf1sh and more than sixty-four characters of it, to be cut by the server";
  await connection.execute(sql`INSERT INTO t (id, name) VALUES (${1}, ${secret})`);
  for (const [statement, dialects] of REFUSED) {
    if (!dialects.includes(database.dialect)) continue;
    await assert.rejects(connection.execute(statement(secret)), (failure: DatabaseError) => {
      assert.ok(failure instanceof DatabaseError);
      const shown = Deno.inspect(failure, { depth: 20, showHidden: true }) + failure.stack;
      assert.doesNotMatch(shown, /Sw0rdf1sh|characters/);
      return true;
    });
  }
});

databaseTest("a session that was ended refuses everything", async (_, database) => {
  const connection = await database.connect();
  await connection[Symbol.asyncDispose]();
  await connection[Symbol.asyncDispose]();
  await assert.rejects(connection.query(raw("SELECT 1")), ConnectionError);
  await assert.rejects(connection.execute(sql`SELECT ${1}`), ConnectionError);
});
