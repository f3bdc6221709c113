/**
 * On a Galera cluster: one run at a time whichever node it talks to, and a node that is lost costs
 * nothing but time. `GALERA_ROUNDS` (1 unless given) says how often each race is run.
 */
import assert from "node:assert/strict";
import { examine } from "../../lib/doctor/mod.ts";
import { connect } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import type { Database } from "../../lib/servers/database.ts";
import {
  currentVersions,
  downgrade,
  type EngineEvent,
  upgrade,
  upgradeScript,
} from "../../lib/engine/mod.ts";
import { dialects } from "../tools/dialects.ts";
import { raw } from "../../lib/sql/statement.ts";
import { LEASE_TABLE } from "../../lib/servers/mysql/galera/lease.ts";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import { runScript } from "../tools/clients.ts";
import type { TestDatabase } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema } from "../tools/migrations.ts";
import { saySkipped } from "../tools/needs.ts";
import { type Outcome, outcomeOf, place } from "../tools/program.ts";
import { Cluster, type Node } from "../tools/servers/galera.ts";
import { sessionWith } from "../tools/sessions.ts";

const ROUNDS = Number(Deno.env.get("GALERA_ROUNDS") ?? 1);

let cluster: Cluster | undefined;
try {
  cluster = await Cluster.start();
} catch (error) {
  saySkipped("all tests on Galera", error);
}

/** Registers a test that is given the nodes of the cluster. */
function galeraTest(
  name: string,
  test: (nodes: readonly Node[]) => Promise<void>,
  ignore = false,
): void {
  Deno.test({
    name,
    ignore: cluster === undefined || ignore,
    // The cluster is ended after the last test.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => test(cluster!.nodes),
  });
}

const DATABASE = "mistral";

async function empty(node: Node): Promise<void> {
  await using session = await connect(node.url("mysql"));
  await session.execute(raw(`DROP DATABASE IF EXISTS ${DATABASE}`));
  await session.execute(raw(`CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb3`));
  // The other nodes have it a moment later; a session of ours reads only what is there by then.
  for (const other of cluster!.nodes) {
    await using there = await connect(other.url("mysql"));
    await there.query(raw("SELECT COUNT(*) FROM information_schema.schemata"));
  }
}

const open = (node: Node) => connect(node.url(DATABASE));

/** The same command on all nodes at the same time. */
async function onAll(nodes: readonly Node[], command: string): Promise<readonly Outcome[]> {
  await using here = await place();
  return await Promise.all(nodes.map(async (node) => {
    const script = `mistral-db-manage --connection ${node.url(DATABASE)} ${command}`;
    return outcomeOf(await here.start(script).output());
  }));
}

async function assertAtHead(connection: Database): Promise<void> {
  assert.deepEqual(await currentVersions(connection), [head]);
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  assert.ok(!(await tableNames(connection)).includes(LEASE_TABLE));
}

const countOf = (outcomes: readonly Outcome[], pattern: RegExp): number =>
  outcomes.filter(({ stdout, stderr }) => pattern.test(stdout + stderr)).length;

galeraTest("of runs on three nodes, one does all the work", async (nodes) => {
  for (let round = 1; round <= ROUNDS; round++) {
    await empty(nodes[0]!);
    const upgrades = await onAll(nodes, "upgrade head");
    assert.deepEqual(upgrades.map(({ exit }) => exit), [0, 0, 0], JSON.stringify(upgrades));
    assert.equal(countOf(upgrades, /Creating the schema/), 1);
    await using connection = await open(nodes[2]!);
    await assertAtHead(connection);
    const populates = await onAll(nodes, "populate");
    assert.deepEqual(populates.map(({ exit }) => exit), [0, 0, 0], JSON.stringify(populates));
    const [row] = await connection.query(raw(
      "SELECT COUNT(*) AS total, COUNT(DISTINCT name) AS names FROM action_definitions_v2",
    ));
    assert.ok(Number(row!.total) > 0);
    assert.equal(row!.total, row!.names);
    await assertAtHead(connection);
  }
  console.log(`Galera, three at once: ${ROUNDS} rounds tried, ${ROUNDS} converged`);
});

galeraTest("settings that keep changes on one node", async (nodes) => {
  const [node] = nodes;
  await empty(node!);
  await using administrator = await connect(node!.url("mysql"));
  const set = (statement: string) => administrator.execute(raw(statement));
  const script = upgradeScript(graph, "019:head", dialects.mysql, { generator: "test" }).join("");
  const database = { dialect: "mysql", url: node!.url(DATABASE), name: DATABASE } as TestDatabase;
  try {
    await set("SET GLOBAL wsrep_OSU_method = 'RSU'");
    {
      await using connection = await open(node!);
      await upgrade(connection, graph, "019", { direct: true });
    }
    const { code, stderr } = await runScript(database, script);
    assert.equal(code, 0, stderr);
    for (const one of nodes) {
      await using connection = await open(one);
      await assertAtHead(connection);
    }
    await set("SET GLOBAL wsrep_on = OFF");
    await using connection = await open(node!);
    await assert.rejects(
      downgrade(connection, graph, "044"),
      /Cannot change the database: wsrep_on is OFF, so that the other nodes/,
    );
    const { stderr: stop } = await runScript(database, script);
    assert.match(stop, /Stop: /);
  } finally {
    await set("SET GLOBAL wsrep_on = ON");
    await set("SET GLOBAL wsrep_OSU_method = 'TOI'");
  }
});

/** What doctor says of the cluster, on one of its nodes. */
async function foundOn(node: Node): Promise<string> {
  const settings = connectionSettings(new Secret(node.url(DATABASE)));
  const findings = await examine({
    ...{ settings, graph, ignore: [], expiration: { isOn: false } },
    open: () => open(node),
  });
  const found = findings.find(({ check }) => check.name === "galera");
  return `${found?.status}: ${found?.details}`;
}

galeraTest("doctor tells how a cluster is set up", async (nodes) => {
  await empty(nodes[0]!);
  await using connection = await open(nodes[0]!);
  const settings = connectionSettings(new Secret(nodes[0]!.url(DATABASE)));
  const found = async () => {
    const findings = await examine({
      ...{ settings, graph, ignore: [], expiration: { isOn: false } },
      open: () => open(nodes[0]!),
    });
    return Object.fromEntries(
      findings.map(({ check, status, details }) => [check.name, `${status}: ${details}`]),
    );
  };
  assert.match((await found()).galera!, /^success: Node ".+" of 3 is in the majority/);
  await connection.execute(raw("CREATE TABLE site_notes (note VARCHAR(10))"));
  await connection.execute(raw("SET GLOBAL wsrep_OSU_method = 'RSU'"));
  try {
    const { galera, "primary-keys": keys } = await found();
    assert.match(galera!, /^warning: .*wsrep_osu_method is RSU/);
    assert.match(keys!, /^warning: .*site_notes; a Galera cluster does not keep them in step/);
  } finally {
    await connection.execute(raw("SET GLOBAL wsrep_OSU_method = 'TOI'"));
    await connection.execute(raw("DROP TABLE site_notes"));
  }
});

galeraTest("a node is killed under a run, which another node takes up", async (nodes) => {
  let killed = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    const [lost, other] = [nodes[round % 3]!, nodes[(round + 1) % 3]!];
    await empty(lost);
    // A different statement each time, and none of the last.
    let left = (round * 37) % 90 + 1;
    let killing: Promise<void> | undefined;
    const onEvent = ({ kind }: EngineEvent) => {
      if (kind === "statement" && left-- === 0) killing = lost.kill();
    };
    {
      await using first = await open(lost);
      await assert.rejects(
        upgrade(first, graph, "head", { onEvent }),
        { name: "ConnectionError" },
      );
      await killing;
      killed++;
    }
    await using second = await open(other);
    await upgrade(second, graph, "head");
    await assertAtHead(second);
    await lost.start();
  }
  console.log(`Galera, a node killed: ${killed} points tried, ${killed} converged`);
});

galeraTest("a killed run on the same node does not hold up the next", async ([node]) => {
  await empty(node!);
  const server = dialects.mysql;
  // What a killed process leaves: the row, but no session.
  {
    await using first = await open(node!);
    await server.locks.lock(first, { timeoutSeconds: 0 });
  }
  await using second = await open(node!);
  assert.deepEqual(await tableNames(second), [LEASE_TABLE]);
  await upgrade(second, graph, "head", { direct: true, lockTimeoutSeconds: 3 });
  await assertAtHead(second);
});

galeraTest("a run that others wait for is alive, however long it takes", async (nodes) => {
  await empty(nodes[0]!);
  await using first = await open(nodes[0]!);
  await using second = await open(nodes[1]!);
  const lock = await dialects.mysql.locks.lock(first, {
    timeoutSeconds: 0,
  });
  const holders: string[] = [];
  await assert.rejects(
    dialects.mysql.locks.lock(second, {
      timeoutSeconds: ROUNDS > 1 ? 60 : 1,
      onWaiting: ({ description }) => holders.push(description),
    }),
    /Cannot lock the database within .*user "root@.*" on node "node1" holds the lock/,
  );
  assert.equal(holders.length, 1);
  await lock.confirm();
  await lock[Symbol.asyncDispose]();
  assert.deepEqual(await tableNames(second), []);
});

galeraTest("a run without heartbeats loses the lock, and reports it", async (nodes) => {
  await empty(nodes[0]!);
  await using first = await open(nodes[0]!);
  await using second = await open(nodes[1]!);
  // Without a second session, a busy run sends no heartbeats.
  const alone = sessionWith(first, { openAnother: () => Promise.reject(new Error("no session")) });
  const silent = await dialects.mysql.locks.lock(alone, { timeoutSeconds: 0 });
  const began = performance.now();
  await using taken = await dialects.mysql.locks.lock(second, { timeoutSeconds: 60 });
  assert.ok(performance.now() - began > 25_000);
  await assert.rejects(silent.confirm(), /Another run has taken over/);
  await silent[Symbol.asyncDispose]();
  await taken.confirm();
}, ROUNDS === 1);

galeraTest("what one node has committed, a session on another sees", async (nodes) => {
  await empty(nodes[0]!);
  await using writer = await open(nodes[0]!);
  await using reader = await open(nodes[1]!);
  await writer.execute(raw("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
  for (let id = 1; id <= 100; id++) {
    await writer.execute(raw(`INSERT INTO t VALUES (${id})`));
    const [row] = await reader.query(raw("SELECT MAX(id) AS id FROM t"));
    assert.equal(row!.id, id);
  }
});

galeraTest("who writes much waits when a slow node has stopped the others", async (nodes) => {
  await empty(nodes[0]!);
  await using writer = await open(nodes[0]!);
  await using slow = await open(nodes[2]!);
  await writer.execute(raw("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
  await slow.execute(raw("SET GLOBAL wsrep_provider_options = 'gcs.fc_limit=1'"));
  const flow = await writer.server.locks.pace(writer);
  assert.equal(await flow.secondsToPause(), 0);
  await slow.execute(raw("LOCK TABLES t READ"));
  const unlocking = new Promise((resolve) => setTimeout(resolve, 2_000))
    .then(() => slow.execute(raw("UNLOCK TABLES")));
  for (let id = 1; id <= 30; id++) await writer.execute(raw(`INSERT INTO t VALUES (${id})`));
  await unlocking;
  const seconds = await flow.secondsToPause();
  assert.ok(seconds > 0.5 && seconds < 10, `${seconds} s`);
  assert.equal(await flow.secondsToPause(), 0);
  await slow.execute(raw("SET GLOBAL wsrep_provider_options = 'gcs.fc_limit=16'"));
});

galeraTest("a node without a majority is refused by name", async ([first, second, third]) => {
  await empty(third!);
  await first!.kill();
  const deadline = performance.now() + 90_000;
  while (!/^warning: Node "node3" of 2: 1 of the 3 nodes .* missing/.test(await foundOn(third!))) {
    assert.ok(performance.now() < deadline, await foundOn(third!));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await second!.kill();
  for (;;) {
    const error = await open(third!).then(
      (session) => session[Symbol.asyncDispose](),
      (error) => error,
    );
    if (error) {
      assert.equal(error.name, "ConnectionError");
      assert.equal(error.retryable, true);
      assert.match(
        error.message,
        /^Cannot connect to .*: node "node3" of the Galera cluster is cut off from the majority/,
      );
      return;
    }
    assert.ok(performance.now() < deadline, "the node still has a majority");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});

Deno.test.afterAll(async () => await cluster?.[Symbol.asyncDispose]());
