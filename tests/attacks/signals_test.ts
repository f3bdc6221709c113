/** One signal ends every command that is not changing anything, whatever it waits for. */
import assert from "node:assert/strict";
import { COMMANDS } from "../../lib/commands/table.ts";
import { delay } from "../../lib/timing/delay.ts";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { upgradeTo } from "../tools/migrations.ts";
import { type Place, place } from "../tools/program.ts";
import { startFrozenRelay } from "./tools/frozen_relay.ts";

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type SignalName = keyof typeof EXIT_CODES;

const SIGNALS = Object.keys(EXIT_CODES) as SignalName[];

/** Seconds that a machine under load may take; reading gives up after 30. */
const SOON = 20;

/** A command line for each command, and whether it asks a database. */
const LINES: Readonly<Record<string, { readonly line: string; readonly asks: boolean }>> = {
  "upgrade": { line: "upgrade head", asks: true },
  "current": { line: "current", asks: true },
  "plan": { line: "plan", asks: true },
  "populate": { line: "populate", asks: true },
  "history": { line: "history --indicate-current", asks: true },
  "wait": { line: "wait", asks: true },
  "show": { line: "show head", asks: false },
  "schema": { line: "schema", asks: false },
  "heads": { line: "heads", asks: false },
  "branches": { line: "branches", asks: false },
  "seeds": { line: "seeds", asks: false },
  "populate_actions": { line: "populate_actions", asks: true },
  "doctor": { line: "doctor", asks: true },
  "verify": { line: "verify", asks: true },
  "check": { line: "check", asks: true },
  "self-test": { line: "self-test", asks: false },
  "revision": { line: "revision --autogenerate -m x --versions-path .", asks: true },
  "merge": { line: "merge -m x --versions-path . 001 002", asks: false },
  "downgrade": { line: "downgrade 001", asks: true },
  "adopt": { line: "adopt --apply", asks: true },
  "stamp": { line: "stamp 003", asks: true },
};

Deno.test("every command is in the table of this test", () => {
  assert.deepEqual(COMMANDS.map(({ name }) => name).toSorted(), Object.keys(LINES).toSorted());
});

/** A run that is waiting for something. */
interface Waiting {
  readonly line: string;
  readonly child: Deno.ChildProcess;
  readonly stdout: Promise<string>;
  readonly stderr: Promise<string>;
  /** Whether it is about to open the database. */
  isConnecting(): boolean;
}

/** The bit of SIGTERM in the masks of signals. */
const SIGTERM_BIT = 1n << 14n;

/** Waits until a run listens to signals. */
async function untilListening({ child }: Waiting): Promise<void> {
  for (;;) {
    const status = await Deno.readTextFile(`/proc/${child.pid}/status`).catch(() => "");
    const caught = /^SigCgt:\s*(\S+)$/m.exec(status)?.[1];
    if (caught === undefined) return;
    // It listens to one signal after another.
    if (BigInt(`0x${caught}`) & SIGTERM_BIT) return await delay(200);
    await delay(20);
  }
}

function begin(at: Place, line: string, variables: Readonly<Record<string, string>>): Waiting {
  const child = at.start(`exec mistral-db-manage ${line}`, variables);
  let said = "";
  const read = async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) said += text;
    return said;
  };
  return {
    ...{ line, child, stdout: new Response(child.stdout).text(), stderr: read() },
    isConnecting: () => said.includes("Using "),
  };
}

/** Sends one signal; the run must end soon, and say so. */
async function endsBy(
  signal: SignalName,
  { line, child, stderr, stdout }: Waiting,
): Promise<void> {
  const began = performance.now();
  const ended = await Promise.race([child.status, delay(0)]);
  if (ended) assert.fail(`${line}: ended with ${ended.code}\n${await stderr}`);
  child.kill(signal);
  const kill = () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has just ended.
    }
  };
  const giveUp = setTimeout(kill, SOON * 1000);
  const { code } = await child.status;
  clearTimeout(giveUp);
  const seconds = (performance.now() - began) / 1000;
  const said = `${line}: exit code ${code} after ${seconds.toFixed(1)} s\n${await stderr}`;
  assert.equal(code, EXIT_CODES[signal], said);
  assert.match(await stderr, new RegExp(`^Stopped by ${signal}: nothing was changed$`, "m"), said);
  assert.equal(await stdout, "", line);
}

/** Keeps everybody else from reading the version table. */
const LOCK: Readonly<Record<DialectName, readonly string[]>> = {
  postgresql: ["BEGIN", "LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"],
  mysql: ["LOCK TABLES alembic_version WRITE"],
  sqlite: ["BEGIN EXCLUSIVE"],
};

/** Sessions that wait for it; unknown to SQLite. */
const QUEUED: Readonly<Partial<Record<DialectName, string>>> = {
  postgresql: "SELECT COUNT(*) AS queued FROM pg_stat_activity " +
    "WHERE datname = current_database() AND wait_event_type = 'Lock'",
  mysql: "SELECT COUNT(*) AS queued FROM information_schema.processlist " +
    "WHERE db = DATABASE() AND state LIKE 'Waiting for table metadata lock%'",
};

async function untilQueued(connection: Database, count: number): Promise<void> {
  const question = QUEUED[connection.server.rules.dialect];
  if (question === undefined) return await delay(200);
  const queued = async () => Number((await connection.query(raw(question)))[0]!.queued);
  while (await queued() < count) await delay(50);
}

databaseTest(
  "one signal ends a command that waits to read a locked table",
  async (_t, database) => {
    await using at = await place();
    await using connection = await database.connect();
    await upgradeTo(connection, "002");
    await using observer = await database.connect();
    const asking = Object.values(LINES).filter(({ asks }) => asks);
    // Two groups, so that not too many start at once.
    for (const half of [0, 1]) {
      for (const statement of LOCK[database.dialect]) await connection.execute(raw(statement));
      const waiting = asking.filter((_, index) => index % 2 === half).map(({ line }) =>
        begin(at, `--debug --connection "$URL" ${line}`, { URL: database.url })
      );
      await Promise.all(waiting.map(untilListening));
      // Of two runs that change something, one waits for the other.
      await untilQueued(observer, waiting.length - 2);
      await Promise.all(waiting.map((one, index) => endsBy(SIGNALS[(index + half) % 3]!, one)));
      const unlock = database.dialect === "mysql" ? "UNLOCK TABLES" : "ROLLBACK";
      await connection.execute(raw(unlock));
    }
  },
);

Deno.test("one signal ends any command that reads a configuration that does not come", async () => {
  await using at = await place();
  await new Deno.Command("mkfifo", { args: [`${at.directory}/fifo`] }).output();
  const lines = Object.values(LINES).map(({ line }) => line);
  while (lines.length > 0) {
    const waiting = lines.splice(0, 7).map((line) => begin(at, `--config-file fifo ${line}`, {}));
    await Promise.all(waiting.map(untilListening));
    await Promise.all(waiting.map((one, index) => endsBy(SIGNALS[index % 3]!, one)));
  }
});

Deno.test("a run that is to survive SIGHUP goes on, and ends by another signal", async () => {
  await using at = await place();
  await new Deno.Command("mkfifo", { args: [`${at.directory}/fifo`] }).output();
  const line = "--config-file fifo heads";
  const runs = [1, 2].map(() => begin(at, line, { MISTRAL_DB_MANAGE_NOHUP: "1" }));
  await Promise.all(runs.map(untilListening));
  for (const { child } of [...runs, ...runs]) {
    child.kill("SIGHUP");
    await delay(100);
  }
  await Promise.all(
    runs.map((run, index) => endsBy((["SIGTERM", "SIGINT"] as const)[index]!, run)),
  );
});

for (const dialect of ["postgresql", "mysql"] as const) {
  databaseTest("one signal ends a command whose server falls silent", async (_t, database) => {
    await using at = await place();
    await using connection = await database.connect();
    await upgradeTo(connection, "002");
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const pieces = [0, 1, 2, 3, 4, 5, 7];
      await Promise.all(pieces.map(async (count) => {
        await using relay = await startFrozenRelay(dialect, count);
        const url = new URL(database.url);
        url.port = String(relay.port);
        const waiting = begin(at, '--connection "$URL" verify', { URL: url.href });
        await Promise.race([relay.frozen, waiting.child.status]);
        await endsBy(signal, waiting);
      }));
    }
  }, { dialects: [dialect] });
}

Deno.test("a signal ends a migration of a site that never ends", async () => {
  await using at = await place();
  await Deno.mkdir(`${at.directory}/site`);
  await Deno.writeTextFile(
    `${at.directory}/site/s1.js`,
    'Deno.writeTextFileSync("evaluated", ""); for (;;);\n' +
      'export default { id: "s1", down: "045", upgrade: [] };',
  );
  const { child, stderr, stdout } = begin(at, "--versions-path site heads", {});
  while (!await Deno.stat(`${at.directory}/evaluated`).catch(() => null)) await delay(20);
  child.kill("SIGTERM");
  const { code, signal } = await child.status;
  assert.deepEqual([code, signal], [143, "SIGTERM"], await stderr);
  assert.equal(await stdout, "");
});

/** Waits until a run writes more than a pipe holds. */
async function untilBlocked({ pid }: Deno.ChildProcess): Promise<void> {
  const isWriting = async () => (await Deno.readTextFile(`/proc/${pid}/wchan`)).includes("pipe");
  while (!await isWriting()) await delay(20);
}

Deno.test("a signal ends a program whose output nobody reads", async () => {
  await using at = await place();
  const child = at.start("exec mistral-db-manage schema --format html", {});
  const stderr = new Response(child.stderr).text();
  await untilBlocked(child);
  child.kill("SIGTERM");
  const { signal } = await child.status;
  assert.equal(signal, "SIGTERM", await stderr);
  await child.stdout.cancel();
});

Deno.test("a run that is to survive SIGHUP does so while its output waits for a reader", async () => {
  await using at = await place();
  const variables = { MISTRAL_DB_MANAGE_NOHUP: "1" };
  const child = at.start("exec mistral-db-manage schema --format html", variables);
  const stderr = new Response(child.stderr).text();
  await untilBlocked(child);
  child.kill("SIGHUP");
  await delay(100);
  assert.match(await new Response(child.stdout).text(), /<\/html>\n$/);
  assert.equal((await child.status).code, 0, await stderr);
});
