import assert from "node:assert/strict";
import { open } from "../../../lib/servers/connecting/connect.ts";
import type { Database } from "../../../lib/servers/database.ts";
import { connectionSettings } from "../../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../../lib/servers/connecting/url/secret.ts";
import { ConnectionError } from "../../../lib/errors.ts";
import { raw } from "../../../lib/sql/statement.ts";
import { isAvailable } from "../../tools/databases.ts";
import { settingsWith, type UrlParts } from "../../tools/settings.ts";

/** Passwords of several lengths and alphabets, one of them as long as a seed of Ed25519. */
const PASSWORDS = ["x", "correct horse", "p@ss:w/ö#%?rd", "0123456789abcdef0123456789abcdef"];

async function userOf(connection: Database): Promise<string> {
  const question = connection.server.rules.dialect === "mysql"
    ? "SELECT user() AS u"
    : "SELECT current_user AS u";
  const [row] = await connection.query(raw(question));
  return String(row!.u).split("@")[0]!;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

Deno.test("passwords that PostgreSQL keeps as SCRAM and as MD5", {
  ignore: !isAvailable("postgresql"),
}, async () => {
  await using admin = await open(settingsWith("postgresql"));
  const users = { by_scram: "scram-sha-256", by_md5: "md5" };
  for (const [user, encryption] of Object.entries(users)) {
    for (const password of PASSWORDS) {
      await admin.execute(raw(`DROP ROLE IF EXISTS ${user}`));
      await admin.execute(raw(`SET password_encryption = '${encryption}'`));
      await admin.execute(raw(`CREATE ROLE ${user} LOGIN PASSWORD ${literal(password)}`));
      await using connection = await open(settingsWith("postgresql", { user, password }));
      assert.equal(await userOf(connection), user);
    }
    const wrong = open(settingsWith("postgresql", { user, password: "wrong" }));
    await assert.rejects(wrong, /wrong password for user "by_/);
  }
});

/** What each kind of connection is called, and the parts of a URL that lead to it. */
const CONNECTIONS: Readonly<Record<string, UrlParts>> = {
  clear: { query: { sslmode: "disable" } },
  encrypted: { query: { sslmode: "require" } },
  verified: {
    host: "localhost",
    query: { sslmode: "verify-full", sslrootcert: `${Deno.env.get("TEST_CERTIFICATES")}/ca.pem` },
  },
};

/** The method that the server asks each user for, and the connections over which it is answered. */
const ANSWERED = {
  by_password: ["verified"],
  by_md5: ["clear", "encrypted", "verified"],
  by_scram: ["clear", "encrypted", "verified"],
} as const;

Deno.test("PostgreSQL gets the password itself only where it is safe", {
  ignore: !isAvailable("postgresql"),
}, async () => {
  await using admin = await open(settingsWith("postgresql"));
  for (const [user, answered] of Object.entries(ANSWERED)) {
    await admin.execute(raw(`DROP ROLE IF EXISTS ${user}`));
    await admin.execute(
      raw(`SET password_encryption = '${user === "by_md5" ? "md5" : "scram-sha-256"}'`),
    );
    await admin.execute(raw(`CREATE ROLE ${user} LOGIN PASSWORD 'secret'`));
    for (const [name, parts] of Object.entries(CONNECTIONS)) {
      const opening = open(settingsWith("postgresql", { ...parts, user, password: "secret" }));
      if (answered.some((one) => one === name)) {
        await using connection = await opening;
        assert.equal(await userOf(connection), user);
      } else {
        await assert.rejects(opening, /the server asks for the password in clear text/);
      }
    }
  }
  const wanted = { sslmode: "disable", require_auth: "password" };
  const settings = settingsWith("postgresql", {
    ...{ user: "by_password", password: "secret", query: wanted },
  });
  await using connection = await open(settings);
  assert.equal(await userOf(connection), "by_password");
  const path = Deno.env.get("TEST_POSTGRESQL_SOCKET")!;
  const [, folder, port] = /^(.*)\/[^/]*\.(\d+)$/.exec(path)!;
  await using local = await open(connectionSettings(
    new Secret(`postgresql://by_password:secret@/postgres?host=${folder}&port=${port}`),
  ));
  assert.equal(await userOf(local), "by_password");
});

Deno.test("a login is tied to the encrypted connection", {
  ignore: !isAvailable("postgresql"),
}, async () => {
  for (const binding of ["require", "prefer", "disable"]) {
    const query = { sslmode: "require", channel_binding: binding, require_auth: "scram-sha-256" };
    await using connection = await open(settingsWith("postgresql", { query }));
    assert.equal(await userOf(connection), "mistral");
  }
  const clear = { sslmode: "disable", channel_binding: "require" };
  await assert.rejects(
    open(settingsWith("postgresql", { query: clear })),
    /channel_binding=require/,
  );
});

Deno.test("MariaDB's ed25519", { ignore: !isAvailable("mysql") }, async () => {
  await using admin = await open(settingsWith("mysql"));
  await admin.execute(raw("INSTALL SONAME 'auth_ed25519'"));
  const user = "by_ed25519";
  for (const password of PASSWORDS) {
    await admin.execute(raw(
      `CREATE OR REPLACE USER ${user}@'%' IDENTIFIED VIA ed25519 USING PASSWORD(${
        literal(password)
      })`,
    ));
    await admin.execute(raw(`GRANT ALL ON mysql.* TO ${user}@'%'`));
    for (const query of [{}, { ssl: "true" }] as Record<string, string>[]) {
      await using connection = await open(settingsWith("mysql", { user, password, query }));
      assert.equal(await userOf(connection), user);
    }
  }
  const wrong = open(settingsWith("mysql", { user, password: "wrong" }));
  await assert.rejects(wrong, (error: ConnectionError) => {
    assert.ok(error instanceof ConnectionError);
    assert.match(error.message, /access denied for user "by_ed25519" \(1045\)/);
    return true;
  });
  await admin.execute(raw(`DROP USER ${user}@'%'`));
  await admin.execute(raw("UNINSTALL SONAME 'auth_ed25519'"));
});

Deno.test("MariaDB's passwords of old, and none at all", {
  ignore: !isAvailable("mysql"),
}, async () => {
  await using admin = await open(settingsWith("mysql"));
  for (const password of [...PASSWORDS, ""]) {
    await admin.execute(
      raw(`CREATE OR REPLACE USER plain@'%' IDENTIFIED BY ${literal(password)}`),
    );
    await admin.execute(raw("GRANT ALL ON mysql.* TO plain@'%'"));
    await using connection = await open(settingsWith("mysql", { user: "plain", password }));
    assert.equal(await userOf(connection), "plain");
  }
  await admin.execute(raw("DROP USER plain@'%'"));
});

const SOCKETS = {
  postgresql: (path: string) =>
    `postgresql://mistral:tell-nobody@/postgres?host=${path.replace(/\/[^/]*$/, "")}&port=${
      path.split(".").at(-1)
    }&sslmode=verify-full`,
  mysql: (path: string) => `mysql://mistral:tell-nobody@/mysql?unix_socket=${path}&ssl=true`,
};

for (const dialect of ["postgresql", "mysql"] as const) {
  Deno.test(`a Unix socket, never encrypted (${dialect})`, {
    ignore: !isAvailable(dialect),
  }, async () => {
    const path = Deno.env.get(`TEST_${dialect.toUpperCase()}_SOCKET`)!;
    const settings = connectionSettings(new Secret(SOCKETS[dialect](path)));
    await using connection = await open(settings);
    assert.equal(await userOf(connection), "mistral");
  });
}

Deno.test("what PostgreSQL is told about a session", {
  ignore: !isAvailable("postgresql"),
}, async () => {
  const query = { application_name: "me", options: "-c statement_timeout=12345" };
  await using connection = await open(settingsWith("postgresql", { query }));
  const [row] = await connection.query(raw(
    "SELECT current_setting('application_name') AS name, current_setting('statement_timeout') AS t",
  ));
  assert.deepEqual({ ...row }, { name: "me", t: "12345ms" });
});

const SESSION = "SELECT @@character_set_client AS charset, @@autocommit AS autocommit, " +
  "@@session.sql_mode = @@global.sql_mode AS same_mode, @@collation_connection AS collation";

Deno.test("what MySQL is told about a session", { ignore: !isAvailable("mysql") }, async () => {
  for (const query of [{}, { charset: "utf8" }, { charset: "latin1" }, { ssl: "true" }]) {
    await using connection = await open(
      settingsWith("mysql", { query: query as Record<string, string> }),
    );
    const [row] = await connection.query(raw(SESSION));
    assert.deepEqual({ ...row }, {
      charset: "utf8mb4",
      autocommit: 1,
      same_mode: 1,
      collation: "utf8mb4_general_ci",
    });
  }
});
