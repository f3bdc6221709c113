/** Two runs at once, and runs that are stopped. */
import assert from "node:assert/strict";
import { graph, upgradeTo } from "../tools/migrations.ts";
import { dialects } from "../tools/dialects.ts";
import { delay } from "../../lib/timing/delay.ts";
import { raw } from "../../lib/sql/statement.ts";

import { databaseTest } from "../tools/databases.ts";
import { versionTable } from "../tools/prepared.ts";
import { place } from "../tools/program.ts";

const UPGRADE = 'exec mistral-db-manage --connection "$URL" upgrade 002';

/** Reads a stream until a text has come. */
async function until(stream: ReadableStream<Uint8Array>, text: string): Promise<string> {
  let read = "";
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  while (!read.includes(text)) {
    const { value, done } = await reader.read();
    assert.ok(!done, `ended without "${text}":\n${read}`);
    read += value;
  }
  reader.releaseLock();
  return read;
}

databaseTest("a second run waits for the first, and says for whom", async (_t, database) => {
  await using at = await place();
  await using connection = await database.connect();
  const lock = await dialects[database.dialect].locks.lock(connection, { timeoutSeconds: 0 });
  const child = at.start(UPGRADE, { URL: database.url });
  const [running, said] = child.stderr.tee();
  await until(running, "Waiting up to 300 s for another run to end: ");
  await lock[Symbol.asyncDispose]();
  const stderr = await new Response(said).text();
  await child.stdout.cancel();
  assert.equal((await child.status).code, 0, stderr);
  assert.match(
    stderr,
    /Waiting .* holds the lock\n(.*\n)*.*Creating the schema of 002 directly .*\n$/,
  );
  assert.deepEqual(await versionTable(connection), ["002"]);
});

databaseTest("a wait ends after --lock-timeout, with the holder's name", async (_t, database) => {
  await using at = await place();
  await using connection = await database.connect();
  await using _lock = await dialects[database.dialect].locks.lock(connection, {
    timeoutSeconds: 0,
  });
  const { exit, stderr, stdout } = await at.run(`${UPGRADE} --lock-timeout 0`, {
    URL: database.url,
  });
  assert.match(
    stderr,
    /^INFO .*\nINFO .*\n(INFO .* Waiting .*\n)?Cannot lock .*--lock-timeout.*\n$/,
  );
  assert.deepEqual([exit, stdout], [1, ""]);
  assert.equal(await versionTable(connection), "-");
});

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  databaseTest(`${signal} ends a run in an orderly way`, async (_t, database) => {
    await using at = await place();
    await using connection = await database.connect();
    await using _lock = await dialects[database.dialect].locks.lock(connection, {
      timeoutSeconds: 0,
    });
    const child = at.start(UPGRADE, { URL: database.url });
    const [running, said] = child.stderr.tee();
    await until(running, "Waiting");
    child.kill(signal);
    const stderr = await new Response(said).text();
    await child.stdout.cancel();
    assert.match(stderr, new RegExp(`\nStopped by ${signal}: .*\n$`));
    assert.equal((await child.status).code, code);
    assert.equal(await versionTable(connection), "-");
  });
}

/** Statements of others that wait for a lock. */
const QUEUED = {
  postgresql: "SELECT COUNT(*) AS queued FROM pg_stat_activity " +
    "WHERE datname = current_database() AND wait_event_type = 'Lock'",
  mysql: "SELECT COUNT(*) AS queued FROM information_schema.processlist " +
    "WHERE db = DATABASE() AND state LIKE 'Waiting for table metadata lock%'",
  sqlite: "SELECT 0 AS queued",
};

databaseTest("a signal makes the server give up what waits for a lock", async (_t, database) => {
  await using at = await place();
  await using connection = await database.connect();
  await upgradeTo(connection, "003");
  await using other = await database.connect();
  await other.execute(raw(database.dialect === "mysql" ? "START TRANSACTION" : "BEGIN"));
  await other.query(raw("SELECT COUNT(*) FROM executions_v2"));
  const queued = async () =>
    Number((await connection.query(raw(QUEUED[database.dialect])))[0]!.queued);
  const upgrade = 'exec mistral-db-manage --connection "$URL" upgrade 006 --ddl-lock-timeout 0';
  const child = at.start(upgrade, { URL: database.url });
  const said = new Response(child.stderr).text();
  while (await queued() === 0) await delay(50);
  child.kill("SIGTERM");
  const stderr = await said;
  await child.stdout.cancel();
  assert.equal((await child.status).code, 143, stderr);
  assert.equal(await queued(), 0);
  assert.match(
    stderr,
    /Stopping after the current statement, .*\n(.*\n)*.*Kept of this run: nothing\n/,
  );
  assert.match(stderr, /\nStopped by SIGTERM: .*\n$/);
  assert.deepEqual(await versionTable(connection), ["003"]);
}, { dialects: ["postgresql", "mysql"] });

databaseTest("a retried connection is given up at once when stopped", async () => {
  await using at = await place();
  const child = at.start(UPGRADE, { URL: "postgresql://u@127.0.0.1:1/d" });
  const [running, said] = child.stderr.tee();
  await until(running, "trying again in 10 s (1 of 10)");
  child.kill("SIGTERM");
  const stderr = await new Response(said).text();
  await child.stdout.cancel();
  assert.match(stderr, /^WARNING .*\nStopped by SIGTERM: .*\n$/);
  assert.equal((await child.status).code, 143);
}, { dialects: ["sqlite"] });

databaseTest(
  "two whole upgrades at once end well, and one of them does it",
  async (_t, database) => {
    await using at = await place();
    const script = 'mistral-db-manage --json --connection "$URL" upgrade head';
    const runs = await Promise.all([1, 2].map(() => at.run(script, { URL: database.url })));
    for (const { exit, stderr } of runs) assert.equal(exit, 0, stderr);
    const applied = runs.map(({ stdout }) => JSON.parse(stdout).applied.length).toSorted();
    assert.deepEqual(applied, [0, graph.members.size]);
  },
);
