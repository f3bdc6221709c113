import assert from "node:assert/strict";
import { open } from "../../../lib/servers/connecting/connect.ts";
import type { Database } from "../../../lib/servers/database.ts";
import { ConnectionError } from "../../../lib/errors.ts";
import { raw, sql, type Statement } from "../../../lib/sql/statement.ts";
import { isAvailable } from "../../tools/databases.ts";
import { startRelay } from "../../tools/relay.ts";
import { type ServerDialect, settingsWith } from "../../tools/settings.ts";

const IDENTIFY = {
  postgresql: "SELECT pg_backend_pid() AS id",
  mysql: "SELECT connection_id() AS id",
} as const;

const SLEEP: Readonly<Record<ServerDialect, Statement>> = {
  postgresql: raw("SELECT pg_sleep(30)"),
  mysql: raw("SELECT sleep(30)"),
};

async function idOf(connection: Database): Promise<number> {
  const [row] = await connection.query(
    raw(IDENTIFY[connection.server.rules.dialect as ServerDialect]),
  );
  return Number(row!.id);
}

async function kill(dialect: ServerDialect, id: number): Promise<void> {
  await using admin = await open(settingsWith(dialect));
  const command = { postgresql: `SELECT pg_terminate_backend(${id}, 5000)`, mysql: `KILL ${id}` };
  await admin.query(raw(command[dialect]));
}

function isLost(error: unknown): boolean {
  assert.ok(error instanceof ConnectionError, Deno.inspect(error));
  assert.match(error.message, /^Lost the connection to mistral@127\.0\.0\.1:\d+\/\w+: /);
  return true;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

for (const dialect of ["postgresql", "mysql"] as const) {
  const ignore = !isAvailable(dialect);

  Deno.test(`a session killed while it works (${dialect})`, { ignore }, async () => {
    await using connection = await open(settingsWith(dialect));
    const id = await idOf(connection);
    const sleeping = assert.rejects(connection.query(SLEEP[dialect]), isLost);
    await pause(50);
    await kill(dialect, id);
    await sleeping;
    await assert.rejects(connection.execute(raw("SELECT 1")), isLost);
  });

  Deno.test(`a session killed between two statements (${dialect})`, { ignore }, async () => {
    await using connection = await open(settingsWith(dialect));
    await kill(dialect, await idOf(connection));
    await pause(50);
    await assert.rejects(connection.query(raw("SELECT 1")), isLost);
    await assert.rejects(connection.execute(raw("SELECT 1")), isLost);
  });

  Deno.test(`statements that wait when the session is lost (${dialect})`, { ignore }, async () => {
    await using connection = await open(settingsWith(dialect));
    const id = await idOf(connection);
    const waiting = [SLEEP[dialect], ...Array.from({ length: 20 }, () => sql`SELECT ${"x"} AS a`)]
      .map((statement) => assert.rejects(connection.query(statement), isLost));
    await pause(50);
    await kill(dialect, id);
    await Promise.all(waiting);
  });

  Deno.test(`a session ended here while it works (${dialect})`, { ignore }, async () => {
    const connection = await open(settingsWith(dialect));
    const sleeping = assert.rejects(connection.query(SLEEP[dialect]), isLost);
    await pause(50);
    const started = Date.now();
    await connection[Symbol.asyncDispose]();
    await sleeping;
    assert.ok(Date.now() - started < 1000);
  });

  Deno.test(`the wire is cut (${dialect})`, { ignore }, async () => {
    await using relay = await startRelay(dialect);
    const parts = dialect === "postgresql" ? { query: { sslmode: "disable" } } : {};
    await using connection = await open(settingsWith(dialect, { ...parts, port: relay.port }));
    const sleeping = assert.rejects(connection.query(SLEEP[dialect]), isLost);
    await pause(50);
    relay.cut();
    await sleeping;
  });

  Deno.test(`a program can end at once after its session (${dialect})`, { ignore }, async () => {
    const program = `
      import { open } from ${
      JSON.stringify(import.meta.resolve("../../../lib/servers/connecting/connect.ts"))
    };
      const settings = JSON.parse(Deno.args[0]);
      settings.password = { reveal: () => "tell-nobody" };
      { await using connection = await open(settings); }
      console.log(Date.now());
    `;
    const { stdout, code } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...[
          "run",
          "-A",
          "--no-check",
          `--config=${new URL("../../../deno.json", import.meta.url).pathname}`,
        ],
        ...[`data:text/typescript,${encodeURIComponent(program)}`],
        JSON.stringify(settingsWith(dialect)),
      ],
    }).output();
    assert.equal(code, 0);
    assert.ok(Date.now() - Number(new TextDecoder().decode(stdout)) < 1000);
  });
}

Deno.test("a silent server is given up after read_timeout (mysql)", {
  ignore: !isAvailable("mysql"),
}, async () => {
  await using connection = await open(settingsWith("mysql", { query: { read_timeout: "1" } }));
  assert.equal((await connection.query(raw("SELECT sleep(0.1) AS done")))[0]!.done, 0);
  const started = Date.now();
  await assert.rejects(connection.query(SLEEP.mysql), (error: Error) => {
    assert.match(error.message, /: no answer for 1 s;/);
    return isLost(error);
  });
  assert.ok(Date.now() - started < 3000);
});
