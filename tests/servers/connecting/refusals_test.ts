import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { open } from "../../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../../lib/servers/connecting/url/secret.ts";
import type { ConnectionSettings } from "../../../lib/servers/connecting/url/settings.ts";
import { driverOf } from "../../../lib/servers/drivers.ts";
import { ConnectionError } from "../../../lib/errors.ts";
import { raw } from "../../../lib/sql/statement.ts";
import { isAvailable } from "../../tools/databases.ts";
import { type ServerDialect, settingsWith, type UrlParts, urlWith } from "../../tools/settings.ts";
import { freePort } from "../../tools/servers/process.ts";

const WRONG_PASSWORD = "hunter2-is-wrong";

async function refusal(settings: ConnectionSettings): Promise<ConnectionError> {
  const failure = await open(settings).then(
    async (connection) => {
      await connection[Symbol.asyncDispose]();
      throw new Error("was let in");
    },
    (error) => error,
  );
  assert.ok(failure instanceof ConnectionError, Deno.inspect(failure));
  return failure;
}

function readSettings(url: string): ConnectionSettings {
  return connectionSettings(new Secret(url));
}

/** A server in the clear that does something with everybody who comes. */
async function withServer(
  respond: (socket: Socket) => void,
  test: (port: number) => Promise<void>,
): Promise<void> {
  const server = createServer((socket) => respond(socket.resume()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await test((server.address() as { port: number }).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

interface Refusal {
  readonly name: string;
  readonly dialect: ServerDialect;
  readonly parts: UrlParts;
  readonly message: RegExp;
  readonly retryable: boolean;
}

const REFUSALS: readonly Refusal[] = [
  {
    name: "wrong password",
    dialect: "postgresql",
    parts: { password: WRONG_PASSWORD },
    message:
      /^Cannot connect to mistral@127\.0\.0\.1:\d+\/postgres: wrong password for user "mistral" \(28P01\); check user and password in the connection URL$/,
    retryable: false,
  },
  {
    name: "wrong password",
    dialect: "mysql",
    parts: { password: WRONG_PASSWORD },
    message:
      /^Cannot connect to mistral@127\.0\.0\.1:\d+\/mysql: access denied for user "mistral" \(1045\); check user and password in the connection URL$/,
    retryable: false,
  },
  {
    name: "unknown user",
    dialect: "postgresql",
    parts: { user: "nobody" },
    message: /wrong password for user "nobody" \(28P01\)/,
    retryable: false,
  },
  {
    name: "unknown database",
    dialect: "postgresql",
    parts: { database: "missing" },
    message: /: no database "missing" \(3D000\); create it, or check the connection URL$/,
    retryable: false,
  },
  {
    name: "unknown database",
    dialect: "mysql",
    parts: { database: "missing" },
    message: /: no database "missing" \(1049\); create it, or check the connection URL$/,
    retryable: false,
  },
  {
    name: "unknown host",
    dialect: "postgresql",
    parts: { host: "no-such-host.invalid" },
    message: /: unknown host name; check the host/,
    retryable: true,
  },
  {
    name: "unknown host",
    dialect: "mysql",
    parts: { host: "no-such-host.invalid" },
    message: /: unknown host name; check the host/,
    retryable: true,
  },
];

for (const { name, dialect, parts, message, retryable } of REFUSALS) {
  Deno.test(`${name} (${dialect})`, { ignore: !isAvailable(dialect) }, async () => {
    const failure = await refusal(settingsWith(dialect, parts));
    assert.match(failure.message, message);
    assert.equal(failure.retryable, retryable);
    const shown = Deno.inspect(failure, { depth: 20, showHidden: true }) + failure.stack;
    assert.doesNotMatch(shown, /hunter2|tell-nobody/);
  });
}

for (const dialect of ["postgresql", "mysql"] as const) {
  Deno.test(`server down (${dialect})`, async () => {
    const url = `${dialect}://u:${WRONG_PASSWORD}@127.0.0.1:${await freePort()}/db`;
    const failure = await refusal(readSettings(url));
    assert.match(failure.message, /^Cannot connect to u@127\.0\.0\.1:\d+\/db: connection refused;/);
    assert.equal(failure.retryable, true);
  });

  Deno.test(`no socket file (${dialect})`, async () => {
    const socket = dialect === "mysql" ? "unix_socket=/nowhere/socket" : "host=/nowhere";
    const failure = await refusal(readSettings(`${dialect}://u:p@/db?${socket}`));
    assert.match(
      failure.message,
      /^Cannot connect to u@\/nowhere\/.* "db": the socket is missing;/,
    );
    assert.equal(failure.retryable, true);
  });

  Deno.test(`a server that never answers (${dialect})`, async () => {
    await withServer(() => {}, async (port) => {
      const url = `${dialect}://u:p@127.0.0.1:${port}/db?connect_timeout=1`;
      const started = Date.now();
      const failure = await refusal(readSettings(url));
      assert.match(failure.message, /: no answer in time; /);
      assert.equal(failure.retryable, true);
      assert.ok(Date.now() - started < 3_000);
    });
  });

  Deno.test(`a server that hangs up (${dialect})`, async () => {
    await withServer((socket) => socket.end(), async (port) => {
      const failure = await refusal(readSettings(`${dialect}://u:p@127.0.0.1:${port}/db`));
      assert.match(failure.message, /: the server closed the connection; see the server's log$/);
      assert.equal(failure.retryable, true);
    });
  });

  Deno.test(`a server that speaks another language (${dialect})`, async () => {
    const speak = (socket: Socket) => socket.end("HTTP/1.1 400 Bad\r\n\r\n");
    await withServer(speak, async (port) => {
      const url = `${dialect}://u:p@127.0.0.1:${port}/db?connect_timeout=2`;
      const failure = await refusal(readSettings(url));
      assert.match(failure.message, /^Cannot connect to u@127\.0\.0\.1/);
    });
  });

  Deno.test(`connecting is given up on request (${dialect})`, async () => {
    await withServer(() => {}, async (port) => {
      const reason = new Error("never mind");
      const opening = open(readSettings(`${dialect}://u:p@127.0.0.1:${port}/db`), {
        signal: AbortSignal.timeout(50),
      });
      await assert.rejects(opening, { name: "TimeoutError" });
      const aborted = AbortSignal.abort(reason);
      await assert.rejects(open(readSettings("sqlite://"), { signal: aborted }), reason);
    });
  });

  Deno.test(`too many connections (${dialect})`, { ignore: !isAvailable(dialect) }, async () => {
    await using admin = await open(settingsWith(dialect));
    const limited = {
      postgresql: ["CREATE ROLE limited LOGIN PASSWORD 'pw' CONNECTION LIMIT 1"],
      mysql: [
        "CREATE USER limited@'%' IDENTIFIED BY 'pw' WITH MAX_USER_CONNECTIONS 1",
        "GRANT ALL ON mysql.* TO limited@'%'",
      ],
    };
    for (const statement of limited[dialect]) await admin.execute(raw(statement));
    const settings = settingsWith(dialect, { user: "limited", password: "pw" });
    {
      await using _first = await open(settings);
      const failure = await refusal(settings);
      assert.match(failure.message, /too many connections|max_user_connections/);
      assert.equal(failure.retryable, true);
    }
    await admin.execute(raw(dialect === "mysql" ? "DROP USER limited@'%'" : "DROP ROLE limited"));
  });
}

Deno.test("a host that only reads will not do (postgresql)", {
  ignore: !isAvailable("postgresql"),
}, async () => {
  const query = { options: "-c default_transaction_read_only=on" };
  const failure = await refusal(
    settingsWith("postgresql", { query: { ...query, target_session_attrs: "read-write" } }),
  );
  assert.match(failure.message, /takes no changes/);
  await using connection = await open(settingsWith("postgresql", { query }));
  const [row] = await connection.query(raw("SHOW transaction_read_only"));
  assert.equal(row!.transaction_read_only, "on");
});

Deno.test("the next host is tried when one is down (postgresql)", {
  ignore: !isAvailable("postgresql"),
}, async () => {
  const url = new URL(urlWith("postgresql"));
  const down = await freePort();
  const query = { host: `127.0.0.1,127.0.0.1`, port: `${down},${url.port}` };
  await using connection = await open(settingsWith("postgresql", { query }));
  assert.equal((await connection.query(raw("SELECT 1 AS one")))[0]!.one, 1);
  const nowhere = { host: "127.0.0.1,127.0.0.1", port: `${down},${down}` };
  const failure = await refusal(settingsWith("postgresql", { query: nowhere }));
  assert.equal(failure.message.split("\n").length, 2);
});

interface BrokenFile {
  readonly name: string;
  readonly path: string;
  readonly query: string;
  readonly message: RegExp;
}

const BROKEN_FILES: readonly BrokenFile[] = [
  {
    name: "no such directory",
    path: "missing/x.db",
    query: "",
    message: /: the file cannot be opened; check that its directory exists and who may use it$/,
  },
  {
    name: "not a database",
    path: "text.db",
    query: "",
    message: /: the file is not a SQLite database; check the connection URL$/,
  },
  { name: "a directory", path: "folder", query: "", message: /: the file cannot be opened;/ },
];

for (const { name, path, query, message } of BROKEN_FILES) {
  Deno.test(`${name} (sqlite)`, async () => {
    const directory = await Deno.makeTempDir();
    await Deno.writeTextFile(`${directory}/text.db`, "no database, but long enough\n".repeat(99));
    await Deno.mkdir(`${directory}/folder`);
    const failure = await refusal(readSettings(`sqlite:///${directory}/${path}${query}`));
    assert.ok(failure.message.startsWith(`Cannot open ${directory}/${path}: `));
    assert.match(failure.message, message);
    assert.equal(failure.retryable, false);
    await Deno.remove(directory, { recursive: true });
  });
}

Deno.test("a missing file is told and not made, unless it may be (sqlite)", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/x.db`;
  const settings = readSettings(`sqlite:///${path}`);
  assert.ok(settings.dialect === "sqlite");
  assert.equal(await driverOf(settings).isMissing(settings), true);
  for (const strict of [{ mustExist: true }, { readOnly: true }]) {
    const failure = await refusal({ ...settings, ...strict });
    assert.match(failure.message, /: there is no such file; check the connection URL$/);
  }
  assert.equal(await driverOf(settings).isMissing(settings), true);
  await using connection = await open(settings);
  await connection.execute(raw("CREATE TABLE t (a)"));
  assert.equal(await driverOf(settings).isMissing(settings), false);
  await using reader = await open({ ...settings, readOnly: true });
  await assert.rejects(reader.execute(raw("INSERT INTO t VALUES (1)")), { name: "DatabaseError" });
  await Deno.remove(directory, { recursive: true });
});

Deno.test("a locked file is waited for as long as is asked (sqlite)", async () => {
  const directory = await Deno.makeTempDir();
  const settings = readSettings(`sqlite:///${directory}/x.db`);
  assert.ok(settings.dialect === "sqlite");
  await using holder = await open(settings);
  await holder.execute(raw("BEGIN EXCLUSIVE"));
  const started = Date.now();
  const failure = await refusal({ ...settings, busyTimeout: 0.2 });
  assert.ok(Date.now() - started >= 150);
  assert.match(failure.message, /another program has locked it/);
  assert.equal(failure.retryable, true);
  await Deno.remove(directory, { recursive: true });
});
