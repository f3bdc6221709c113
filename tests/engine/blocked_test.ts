/** Work that others hold up gives way, is tried again, and names who is in the way. */
import assert from "node:assert/strict";
import { type EngineEvent, upgrade } from "../../lib/engine/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { currentVersions } from "../../lib/engine/mod.ts";
import { databaseTest, type TestDatabase } from "../tools/databases.ts";
import { execute } from "../../lib/operations/vocabulary.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import { migrations } from "../../migrations/mod.ts";
import { foldedSchema, graph, liveSchema, ownAfter002, upgradeTo } from "../tools/migrations.ts";

/** Somebody who reads a table and does not end the transaction. */
async function reader(database: TestDatabase) {
  const connection = await database.connect();
  await connection.execute(raw(database.dialect === "mysql" ? "START TRANSACTION" : "BEGIN"));
  await connection.query(raw("SELECT COUNT(*) FROM executions_v2"));
  return connection;
}

databaseTest("a lock that somebody holds is waited for again and again", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "003");
  const other = await reader(database);
  const events: EngineEvent[] = [];
  const run = upgrade(connection, graph, "006", {
    ddlLockTimeoutSeconds: database.dialect === "mysql" ? 1 : 0.1,
    onEvent: (event) => {
      events.push(event);
      const blocked = events.filter(({ kind }) => kind === "blocked").length;
      if (event.kind === "blocked" && blocked === 2) void other[Symbol.asyncDispose]();
    },
  });
  const { applied } = await run;
  assert.deepEqual(applied, ["004", "005", "006"]);
  const blocked = events.filter((event) => event.kind === "blocked");
  assert.ok(blocked.length >= 2);
  assert.match(blocked[0]!.holders!, /^server process \d+ .*of user "mistral" from 127\.0\.0\.1/);
  assert.match(blocked[0]!.holders!, /with a transaction of \d+ s/);
  assert.equal(blocked[0]!.revision, "004");
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, "006"));
}, { dialects: ["postgresql", "mysql"] });

databaseTest("who never lets go is named when the time is over", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "003");
  await using _other = await reader(database);
  const options = {
    ddlLockTimeoutSeconds: database.dialect === "mysql" ? 1 : 0.1,
    retrySeconds: 1,
  };
  await assert.rejects(upgrade(connection, graph, "006", options), (error: Error) => {
    assert.match(error.message, /^Cannot apply 004 on \w+: .*lock/i);
    assert.match(error.message, /Gave up after 1 s of waiting for others: server process \d+/);
    assert.match(
      error.message,
      /raise --lock-timeout; then run the same command again$/,
    );
    return true;
  });
  assert.deepEqual(await currentVersions(connection), ["003"]);
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, "003"));
  await using again = await database.connect();
  const question = database.dialect === "mysql"
    ? "SELECT @@session.lock_wait_timeout = @@global.lock_wait_timeout AS same"
    : "SELECT current_setting('lock_timeout') = '0' AS same";
  const [row] = await connection.query(raw(question));
  const [fresh] = await again.query(raw(question));
  assert.deepEqual(row, fresh);
}, { dialects: ["postgresql", "mysql"] });

/** Changes two tables; the second statement waits for whoever has a lock there. */
const ofTwoTables = revisionGraph([
  ...migrations.slice(0, 2),
  ownAfter002(
    execute("UPDATE workbooks_v2 SET scope = 'a'"),
    execute("UPDATE executions_v2 SET state = 'a'"),
  ),
]);

async function deadlock(database: TestDatabase, ddlLockTimeoutSeconds?: number) {
  await using connection = await database.connect();
  await upgradeTo(connection, "002");
  await connection.execute(raw("INSERT INTO workbooks_v2 (id, scope) VALUES ('1', 'old')"));
  await connection.execute(raw("INSERT INTO executions_v2 (id, state) VALUES ('1', 'old')"));
  await using other = await database.connect();
  await other.execute(raw("BEGIN"));
  await other.execute(raw("UPDATE executions_v2 SET state = 'b'"));
  // It is the run that has to find out: the other one looks for deadlocks much later.
  await other.execute(raw("SET LOCAL deadlock_timeout = '60s'"));
  let crossing: Promise<unknown> | undefined;
  const blocked: EngineEvent[] = [];
  await upgrade(connection, ofTwoTables, "own", {
    ddlLockTimeoutSeconds,
    onEvent(event) {
      if (event.kind === "blocked") blocked.push(event);
      if (event.kind !== "statement" || !event.text.includes("executions_v2")) return;
      crossing ??= other.execute(raw("UPDATE workbooks_v2 SET scope = 'b'"))
        .then(() => other.execute(raw("COMMIT")));
    },
  });
  await crossing;
  assert.ok(blocked.length > 0);
  for (const [table, column] of [["workbooks_v2", "scope"], ["executions_v2", "state"]]) {
    const rows = await connection.query(raw(`SELECT ${column} AS value FROM ${table}`));
    assert.deepEqual(rows.map(({ value }) => value), ["a"], table);
  }
  assert.deepEqual(await currentVersions(connection), ["own"]);
}

databaseTest(
  "a deadlock is tried again from the beginning of its transaction",
  async (_t, database) => {
    await deadlock(database);
  },
  { dialects: ["postgresql"] },
);

databaseTest("a deadlock is tried again where waits are not limited", async (_t, database) => {
  await deadlock(database, 0);
}, { dialects: ["postgresql"] });

databaseTest("a wait that is not cut short is not repeated", async (_t, database) => {
  {
    await using connection = await database.connect();
    await upgradeTo(connection, "003");
  }
  await using connection = await openImpatiently(database);
  await using other = await database.connect();
  await other.execute(raw("BEGIN IMMEDIATE"));
  const options = { ddlLockTimeoutSeconds: 0, lockTimeoutSeconds: 0 };
  await assert.rejects(upgrade(connection, graph, "004", options), /lock/);
}, { dialects: ["sqlite"] });

databaseTest("the lock of a file is waited for again", async (_t, database) => {
  {
    await using connection = await database.connect();
    await upgradeTo(connection, "003");
  }
  await using connection = await openImpatiently(database);
  const other = await database.connect();
  await other.execute(raw("BEGIN IMMEDIATE"));
  const events: EngineEvent[] = [];
  await upgrade(connection, graph, "004", {
    onEvent: (event) => {
      events.push(event);
      if (event.kind === "blocked") void other[Symbol.asyncDispose]();
    },
  });
  assert.ok(events.some(({ kind }) => kind === "blocked"));
  assert.deepEqual(await currentVersions(connection), ["004"]);
}, { dialects: ["sqlite"] });

/** A session whose statements give up at once. */
async function openImpatiently(database: TestDatabase) {
  const connection = await database.connect();
  await connection.query(raw("PRAGMA busy_timeout = 50"));
  return connection;
}
