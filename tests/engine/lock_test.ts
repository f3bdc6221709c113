/** One run at a time: the others wait, and then find nothing to do. */
import assert from "node:assert/strict";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import type { LockHolder } from "../../lib/servers/locks.ts";
import type { Database } from "../../lib/servers/database.ts";
import { upgrade } from "../../lib/engine/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest, freshDatabase, type TestDatabase } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema } from "../tools/migrations.ts";
import { killed, upgradeProcess } from "../tools/processes.ts";

const lock = (
  connection: Database,
  timeoutSeconds: number,
  onWaiting?: (holder: LockHolder) => void,
) =>
  connection.server.locks.lock(connection, {
    timeoutSeconds,
    ...(onWaiting ? { onWaiting } : {}),
  });

/** How the server calls a session, or the system this process. */
async function nameOf(connection: Database): Promise<string> {
  if (connection.server.rules.dialect === "sqlite") return `process ${Deno.pid}`;
  const call = connection.server.rules.dialect === "mysql" ? "connection_id()" : "pg_backend_pid()";
  const [row] = await connection.query(raw(`SELECT ${call} AS id`));
  return ` ${row!.id} `;
}

const lockFile = ({ name }: TestDatabase) => Deno.stat(`${name}.lock`).catch(() => null);

databaseTest("a run waits for another, and says so once", async (_t, database) => {
  await using first = await database.connect();
  await using second = await database.connect();
  await using held = await lock(first, 0);
  const holders: string[] = [];
  const told = Promise.withResolvers<void>();
  const waiting = upgrade(second, graph, "003", {
    lockTimeoutSeconds: 300,
    onEvent: (event) => {
      if (event.kind !== "waiting") return;
      holders.push(event.holder);
      told.resolve();
    },
  });
  await told.promise;
  // Long enough for it to try again, and to say so again if it did.
  await new Promise((resolve) => setTimeout(resolve, 800));
  assert.deepEqual(await tableNames(first), []);
  await held[Symbol.asyncDispose]();
  assert.deepEqual((await waiting).to, ["003"]);
  assert.equal(holders.length, 1);
  assert.ok(` ${holders[0]} `.includes(await nameOf(first)), holders[0]);
});

databaseTest("waiting has an end, and nothing is changed", async (_t, database) => {
  await using first = await database.connect();
  await using second = await database.connect();
  await using _held = await lock(first, 0);
  for (const lockTimeoutSeconds of [0, 0.4]) {
    const name = await nameOf(first);
    await assert.rejects(upgrade(second, graph, "head", { lockTimeoutSeconds }), (error: Error) => {
      assert.equal(error.name, "OperatorError");
      assert.match(error.message, /^Cannot lock the database within [\d.]+ s: .*--lock-timeout/);
      assert.ok(error.message.includes(name.trim()), error.message);
      return true;
    });
  }
  assert.deepEqual(await tableNames(second), []);
});

databaseTest("waiting can be given up", async (_t, database) => {
  await using first = await database.connect();
  await using second = await database.connect();
  await using _held = await lock(first, 0);
  const abort = new AbortController();
  const waiting = upgrade(second, graph, "head", { signal: abort.signal });
  setTimeout(() => abort.abort(new Error("enough")), 100);
  await assert.rejects(waiting, /enough/);
});

databaseTest("a lock can be had again and again", async (_t, database) => {
  await using first = await database.connect();
  await using second = await database.connect();
  for (const connection of [first, second, first]) {
    const held = await lock(connection, 0);
    await held[Symbol.asyncDispose]();
  }
  if (database.dialect === "sqlite") assert.equal(await lockFile(database), null);
});

databaseTest("a session that ends leaves no lock", async (_t, database) => {
  const first = await database.connect();
  const held = await lock(first, 0);
  await first[Symbol.asyncDispose]();
  await held[Symbol.asyncDispose]();
  await using second = await database.connect();
  await using _again = await lock(second, 5);
});

databaseTest("a killed process leaves no lock", async (_t, database) => {
  assert.ok(await killed("every revision from nothing", database, 30));
  await using connection = await database.connect();
  const holders: string[] = [];
  await upgrade(connection, graph, "head", {
    lockTimeoutSeconds: 5,
    onEvent: (event) => event.kind === "waiting" && holders.push(event.holder),
  });
  if (database.dialect === "sqlite") {
    assert.deepEqual(holders, []);
    assert.equal(await lockFile(database), null);
  }
});

databaseTest("databases of one server have a lock each", async (_t, database) => {
  await using other = await freshDatabase(database.dialect);
  await using first = await database.connect();
  await using second = await other.connect();
  await using _held = await lock(first, 0);
  await using _other = await lock(second, 0);
});

databaseTest("an error is not hidden by the loss of the session", async (_t, database) => {
  await using connection = await database.connect();
  await using killer = await database.connect();
  const [row] = await connection.query(
    raw(`SELECT ${database.dialect === "mysql" ? "connection_id()" : "pg_backend_pid()"} AS id`),
  );
  const kill = database.dialect === "mysql"
    ? `KILL ${row!.id}`
    : `SELECT pg_terminate_backend(${row!.id})`;
  const killing: Promise<unknown>[] = [];
  const run = upgrade(connection, graph, "head", {
    onEvent: ({ kind }) => {
      if (kind === "applied" && killing.length === 0) killing.push(killer.execute(raw(kill)));
    },
  });
  await assert.rejects(run, { name: "ConnectionError" });
  await Promise.all(killing);
}, { dialects: ["postgresql", "mysql"] });

const RUNS = 4;

databaseTest("of runs that begin together, one does all the work", async (_t, database) => {
  const runs = Array.from({ length: RUNS }, () => upgradeProcess(database, "head"));
  const results = await Promise.all(runs);
  const applied = results.map((result) => result.applied.length);
  assert.deepEqual(applied.toSorted((a, b) => a - b), [0, 0, 0, graph.members.size]);
  for (const { to } of results) assert.deepEqual(to, [head]);
  await using connection = await database.connect();
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  if (database.dialect === "sqlite") assert.equal(await lockFile(database), null);
});
