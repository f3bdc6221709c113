/** Behind a load balancer, a second session can be on another server: it must not touch anybody there. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import type { Database } from "../../lib/servers/database.ts";
import { connect } from "../../lib/servers/connecting/connect.ts";
import { type Progress, Watch } from "../../lib/engine/account/watch.ts";
import { upgrade } from "../../lib/engine/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { startBalancer } from "../tools/balancer.ts";
import { freshDatabase, isAvailable, serverUrl } from "../tools/databases.ts";
import { graph } from "../tools/migrations.ts";
import { startOwn } from "../tools/servers/own_server.ts";
import { sessionWith } from "../tools/sessions.ts";

const DIALECTS = ["mysql", "postgresql"] as const;

type Dialect = typeof DIALECTS[number];

/** Statements that take that many seconds, and how the server says that one was cancelled. */
const SLEEP = {
  mysql: (seconds: number) => raw(`SELECT SLEEP(${seconds})`),
  postgresql: (seconds: number) => raw(`SELECT pg_sleep(${seconds})`),
};
const CANCELLED = /1317|interrupted|57014|cancel/;

const SESSION = {
  mysql: raw("SELECT CONNECTION_ID() AS id"),
  postgresql: raw("SELECT pg_backend_pid() AS id"),
};

const idOf = async (dialect: Dialect, connection: Database): Promise<number> =>
  Number((await connection.query(SESSION[dialect]))[0]!.id);

/** Two sessions, one on each server; on MySQL both have the same id there. */
async function twins(
  dialect: Dialect,
  first: () => Promise<Database>,
  other: () => Promise<Database>,
): Promise<{ readonly run: Database; readonly victim: Database }> {
  let [run, victim] = [await first(), await other()];
  for (;;) {
    const difference = await idOf(dialect, run) - await idOf(dialect, victim);
    if (difference === 0 || dialect === "postgresql") return { run, victim };
    const late = difference > 0 ? victim : run;
    await late[Symbol.asyncDispose]();
    if (difference > 0) victim = await other();
    else run = await first();
  }
}

interface Servers {
  readonly here: string;
  readonly elsewhere: string;
}

/** What became of a statement of the run, and of one of somebody else, when the run was stopped. */
async function stopped(dialect: Dialect, { here, elsewhere }: Servers, order: readonly string[]) {
  const { run, victim } = await twins(dialect, () => connect(here), () => connect(elsewhere));
  await using stack = new AsyncDisposableStack();
  stack.use(run);
  stack.use(victim);
  await using balancer = await startBalancer(order);
  const facts = await dialects[dialect].catalog.readFacts(run);
  const elsewhereNext = sessionWith(run, { openAnother: () => connect(balancer.url(here)) });
  const seen: Progress[] = [];
  const watch = await Watch.begin({
    ...{ database: elsewhereNext, facts, longMs: 10, intervalMs: 10 },
  });
  stack.use(watch!);
  const stopping = new AbortController();
  const outcome = (statement: Promise<unknown>) =>
    statement.then(() => "ended", (error: Error) => error.message);
  const others = outcome(victim.query(SLEEP[dialect](1.5)));
  const own = watch!.during(run.query(SLEEP[dialect](1)), (one) => seen.push(one), stopping.signal);
  setTimeout(() => stopping.abort(), 200);
  return { own: await outcome(own), others: await others, seen };
}

/** What a run says that is cut off, when further sessions are on another server. */
async function lost(dialect: Dialect, { here, elsewhere }: Servers): Promise<string> {
  await using administrator = await connect(here);
  await using run = await connect(here);
  const id = await idOf(dialect, run);
  const end = raw(dialect === "mysql" ? `KILL ${id}` : `SELECT pg_terminate_backend(${id})`);
  await using balancer = await startBalancer([elsewhere]);
  let ending: Promise<unknown> | undefined;
  const elsewhereNext = sessionWith(run, { openAnother: () => connect(balancer.url(here)) });
  const working = upgrade(elsewhereNext, graph, "005", {
    onEvent: ({ kind }) => {
      if (kind === "applied") ending ??= administrator.query(end);
    },
  });
  const message = await working.then(() => "ended", (error: Error) => error.message);
  await ending;
  return message;
}

for (const dialect of DIALECTS) {
  Deno.test({
    name: `a run that is stopped cancels no statement on another server (${dialect})`,
    ignore: !isAvailable(dialect),
    fn: async (t) => {
      await using other = await startOwn(dialect, {});
      await using database = await freshDatabase(dialect);
      const servers = { here: database.url, elsewhere: other.url };
      const [here, elsewhere] = [serverUrl(dialect, database.name), other.url];
      // The balancer sends a session to a database that both have.
      await using there = await connect(other.url);
      await there.execute(raw(`CREATE DATABASE ${database.name}`));
      await t.step("that all further sessions are on", async () => {
        const { own, others, seen } = await stopped(dialect, servers, [elsewhere]);
        assert.deepEqual({ own, others, seen }, { own: "ended", others: "ended", seen: [] });
      });
      await t.step("that only the next session is on", async () => {
        const order = [elsewhere, here];
        const { own, others } = await stopped(dialect, servers, order);
        assert.equal(others, "ended");
        assert.match(own, CANCELLED);
      });
      await t.step("nor takes its revision for that of its own database", async () => {
        assert.match(await lost(dialect, servers), /current revision is unknown/);
      });
      await t.step("and its own where there is only one", async () => {
        const { own, others } = await stopped(dialect, servers, [here]);
        assert.equal(others, "ended");
        assert.match(own, CANCELLED);
      });
    },
  });
}
