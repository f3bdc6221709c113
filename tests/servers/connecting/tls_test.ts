import assert from "node:assert/strict";
import { open } from "../../../lib/servers/connecting/connect.ts";
import type { Database } from "../../../lib/servers/database.ts";
import { ConnectionError } from "../../../lib/errors.ts";
import { raw } from "../../../lib/sql/statement.ts";
import { isAvailable } from "../../tools/databases.ts";
import { type ServerDialect, settingsWith, type UrlParts } from "../../tools/settings.ts";

const CERTIFICATES = Deno.env.get("TEST_CERTIFICATES");
const CA = `${CERTIFICATES}/ca.pem`;
const OTHER_CA = `${CERTIFICATES}/other-ca.pem`;

async function isEncrypted(connection: Database): Promise<boolean> {
  const question = {
    postgresql: "SELECT ssl AS state FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
    mysql: "SHOW STATUS LIKE 'Ssl_cipher'",
    sqlite: "",
  };
  const [row] = await connection.query(raw(question[connection.server.rules.dialect]));
  return connection.server.rules.dialect === "mysql" ? row!.Value !== "" : row!.state === true;
}

/** What becomes of connecting: encrypted or not, or why not. */
async function outcome(dialect: ServerDialect, parts: UrlParts): Promise<string> {
  try {
    await using connection = await open(settingsWith(dialect, parts));
    return await isEncrypted(connection) ? "encrypted" : "clear";
  } catch (error) {
    assert.ok(error instanceof ConnectionError, Deno.inspect(error));
    assert.equal(error.retryable, false);
    return error.message.replace(/^[^:]*:\d+\/\w+: /, "");
  }
}

const UNTRUSTED =
  "the server's certificate is not signed by a trusted authority, has expired or is not valid yet; " +
  "check the file of authorities in the connection URL, the certificate's dates and this machine's clock";
const WRONG_HOST =
  "the server's certificate is for another host; check the host in the connection URL";

interface Case {
  readonly host?: string;
  readonly user?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly expected: string | RegExp;
}

// The certificate is for "localhost" and for no address.
const POSTGRESQL: readonly Case[] = [
  { query: { sslmode: "disable" }, expected: "clear" },
  { query: { sslmode: "allow" }, expected: "clear" },
  { query: { sslmode: "prefer" }, expected: "encrypted" },
  { query: { sslmode: "require" }, expected: "encrypted" },
  { query: { sslmode: "require", sslrootcert: CA }, expected: "encrypted" },
  { query: { sslmode: "require", sslrootcert: OTHER_CA }, expected: UNTRUSTED },
  { query: { sslmode: "verify-ca", sslrootcert: CA }, expected: "encrypted" },
  { query: { sslmode: "verify-ca", sslrootcert: OTHER_CA }, expected: UNTRUSTED },
  { query: { sslmode: "verify-full", sslrootcert: CA }, expected: WRONG_HOST },
  { host: "localhost", query: { sslmode: "verify-full", sslrootcert: CA }, expected: "encrypted" },
  {
    host: "localhost",
    query: { sslmode: "verify-full", sslrootcert: OTHER_CA },
    expected: UNTRUSTED,
  },
  // What the server refuses in the one way is tried in the other, in two modes.
  { user: "only_encrypted", query: { sslmode: "allow" }, expected: "encrypted" },
  { user: "only_encrypted", query: { sslmode: "prefer" }, expected: "encrypted" },
  { user: "only_encrypted", query: { sslmode: "disable" }, expected: /pg_hba.*\(28000\)/ },
  { user: "only_clear", query: { sslmode: "allow" }, expected: "clear" },
  { user: "only_clear", query: { sslmode: "prefer" }, expected: "clear" },
  { user: "only_clear", query: { sslmode: "require" }, expected: /pg_hba.*\(28000\)/ },
  // libpq would go on in the clear, which helps an impostor alone.
  { query: { sslmode: "prefer", sslrootcert: OTHER_CA }, expected: UNTRUSTED },
  {
    query: { sslmode: "verify-ca", sslrootcert: "/nowhere.pem" },
    expected: "cannot read /nowhere.pem: it does not exist",
  },
  {
    user: "by_certificate",
    query: {
      sslmode: "require",
      sslcert: `${CERTIFICATES}/client.pem`,
      sslkey: `${CERTIFICATES}/client.key`,
    },
    expected: "encrypted",
  },
  { user: "by_certificate", query: { sslmode: "require" }, expected: /certificate.*\(28000\)/ },
];

const MYSQL: readonly Case[] = [
  { query: {}, expected: "clear" },
  { query: { ssl: "true" }, expected: "encrypted" },
  { query: { ssl_mode: "DISABLED" }, expected: "clear" },
  { query: { ssl_mode: "PREFERRED" }, expected: "encrypted" },
  { query: { ssl_mode: "PREFERRED", ssl_ca: OTHER_CA }, expected: UNTRUSTED },
  { query: { ssl_mode: "REQUIRED" }, expected: "encrypted" },
  { query: { ssl_mode: "VERIFY_CA", ssl_ca: CA }, expected: "encrypted" },
  { query: { ssl_mode: "VERIFY_CA", ssl_ca: OTHER_CA }, expected: UNTRUSTED },
  { query: { ssl_ca: CA, ssl_verify_cert: "true" }, expected: "encrypted" },
  { query: { ssl_ca: OTHER_CA, ssl_verify_cert: "true" }, expected: UNTRUSTED },
  { query: { ssl_ca: CA, ssl_verify_identity: "true" }, expected: WRONG_HOST },
  { host: "localhost", query: { ssl_ca: CA, ssl_verify_identity: "true" }, expected: "encrypted" },
  { host: "localhost", query: { ssl_ca: OTHER_CA }, expected: UNTRUSTED },
  { user: "only_encrypted", query: { ssl: "true" }, expected: "encrypted" },
  { user: "only_encrypted", query: {}, expected: /access denied/ },
  {
    user: "by_certificate",
    query: { ssl_cert: `${CERTIFICATES}/client.pem`, ssl_key: `${CERTIFICATES}/client.key` },
    expected: "encrypted",
  },
  { user: "by_certificate", query: { ssl: "true" }, expected: /access denied/ },
];

const USERS: Readonly<Record<ServerDialect, readonly string[]>> = {
  postgresql: [
    "DROP ROLE IF EXISTS only_encrypted, only_clear, by_certificate",
    "CREATE ROLE only_encrypted LOGIN PASSWORD 'tell-nobody'",
    "CREATE ROLE only_clear LOGIN PASSWORD 'tell-nobody'",
    "CREATE ROLE by_certificate LOGIN",
  ],
  mysql: [
    "CREATE OR REPLACE USER only_encrypted@'%' IDENTIFIED BY 'tell-nobody' REQUIRE SSL",
    "CREATE OR REPLACE USER by_certificate@'%' IDENTIFIED BY 'tell-nobody' REQUIRE X509",
    "GRANT ALL ON mysql.* TO only_encrypted@'%'",
    "GRANT ALL ON mysql.* TO by_certificate@'%'",
  ],
};

async function runCases(
  t: Deno.TestContext,
  dialect: ServerDialect,
  cases: readonly Case[],
): Promise<void> {
  {
    await using admin = await open(settingsWith(dialect));
    for (const statement of USERS[dialect]) await admin.execute(raw(statement));
  }
  for (const { expected, ...parts } of cases) {
    const name = [parts.user, parts.host, JSON.stringify(parts.query)].join(" ");
    await t.step(name.replaceAll(String(CERTIFICATES), ""), async () => {
      const result = await outcome(dialect, parts);
      if (typeof expected === "string") assert.equal(result, expected);
      else assert.match(result, expected);
    });
  }
}

Deno.test("TLS as libpq has it (postgresql)", { ignore: !isAvailable("postgresql") }, async (t) => {
  await runCases(t, "postgresql", POSTGRESQL);
});

Deno.test("TLS (mysql)", { ignore: !isAvailable("mysql") }, async (t) => {
  await runCases(t, "mysql", MYSQL);
});
