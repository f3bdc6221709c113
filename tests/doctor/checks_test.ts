/** Each check, on a real server on which the thing that it looks for is broken. */
import assert from "node:assert/strict";
import { worstOf } from "../../lib/doctor/mod.ts";
import { checksOf } from "../../lib/doctor/checks/mod.ts";
import { open } from "../../lib/servers/connecting/connect.ts";
import type { Database } from "../../lib/servers/database.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { previewUpgrade } from "../../lib/engine/explanation/preview.ts";
import { dialects } from "../tools/dialects.ts";
import { raw } from "../../lib/sql/statement.ts";
import {
  databaseTest,
  type DatabaseTestOptions,
  freshDatabase,
  isAvailable,
} from "../tools/databases.ts";
import { graph, head, upgradeTo } from "../tools/migrations.ts";
import { isSkipped, mounts } from "../tools/needs.ts";
import { startOwn } from "../tools/servers/own_server.ts";
import { assertFound, examined, type Expected } from "./examined.ts";

/** SQL that breaks something, one statement after another. */
async function executeAll(connection: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await connection.execute(raw(statement));
}

/** One thing that is broken in a database at some revision. */
interface Case extends DatabaseTestOptions {
  readonly at: string | null;
  readonly broken: readonly string[];
  readonly expected: Expected;
}

const TIMES = {
  sqlite: { now: "datetime('now')", longAgo: "datetime('now', '-40 days')" },
  mysql: { now: "UTC_TIMESTAMP()", longAgo: "UTC_TIMESTAMP() - INTERVAL 40 DAY" },
  postgresql: {
    now: "now() AT TIME ZONE 'UTC'",
    longAgo: "(now() AT TIME ZONE 'UTC') - INTERVAL '40 days'",
  },
};

const CASES: Readonly<Record<string, Case>> = {
  "a database without its version row": {
    at: "019",
    broken: ["DELETE FROM alembic_version"],
    expected: ["version-row", "failure", /Mistral's tables, but no row in alembic_version/],
  },
  "an upgrade that would be refused": {
    at: "019",
    broken: ["DELETE FROM alembic_version"],
    expected: ["upgrade", "failure", /Cannot upgrade: the database has tables of Mistral/],
  },
  "the database of another service": {
    at: null,
    broken: ["CREATE TABLE instances (id INTEGER PRIMARY KEY)"],
    expected: ["version-row", "failure", /None of the tables are Mistral/],
  },
  "the database of another service of OpenStack": {
    at: null,
    broken: [
      "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
      "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
      "CREATE TABLE instances (id INTEGER PRIMARY KEY)",
    ],
    expected: ["version-row", "failure", /None of the tables are Mistral/],
  },
  "a database that is newer than the program": {
    at: head,
    broken: ["UPDATE alembic_version SET version_num = '046'"],
    expected: ["version-row", "warning", /at 046, but this program only knows 001 to 045/],
  },
  "a column that somebody dropped": {
    at: "036",
    broken: [
      "ALTER TABLE workbooks_v2 DROP COLUMN tags",
    ],
    expected: ["drift", "failure", /"tags" of table "workbooks_v2" is missing; Mistral cannot/],
  },
  "a table that somebody dropped": {
    at: head,
    broken: ["DROP TABLE named_locks"],
    expected: ["drift", "failure", /table "named_locks" is missing; Mistral cannot work until/],
  },
  "a table that somebody dropped, and smaller things": {
    at: head,
    broken: [
      "ALTER TABLE code_sources ADD site INTEGER",
      "DROP INDEX code_sources_scope",
      "DROP TABLE named_locks",
    ],
    dialects: ["postgresql", "sqlite"],
    expected: ["drift", "failure", /table "named_locks" is missing, and 1 more difference;/],
  },
  "a column that must be filled": {
    at: head,
    broken: ["ALTER TABLE workbooks_v2 ADD site INTEGER NOT NULL"],
    dialects: ["postgresql", "mysql"],
    expected: ["drift", "failure", /"site" of table "workbooks_v2" should not be there; Mistral/],
  },
  "an index that somebody dropped": {
    at: head,
    broken: ["DROP INDEX code_sources_scope"],
    dialects: ["postgresql", "sqlite"],
    expected: ["drift", "warning", /index "code_sources_scope" .* is missing$/],
  },
  "a table of a later revision": {
    at: "019",
    broken: ["CREATE TABLE mistral_metrics (id INTEGER PRIMARY KEY)"],
    expected: ["drift", "warning", /"mistral_metrics" is made by \d+, which is not applied$/],
  },
  "system actions of an older release": {
    at: head,
    broken: [
      "INSERT INTO action_definitions_v2 (id, name, is_system, spec, project_id, scope, namespace) " +
      "VALUES ('a', 'std.old', TRUE, NULL, '<default-project>', 'public', '')",
    ],
    expected: ["stale-rows", "failure", /1 system actions .*: std.old$/],
  },
  "a text of another collation": {
    at: "019",
    broken: ["ALTER TABLE workbooks_v2 MODIFY scope VARCHAR(80) COLLATE utf8mb4_unicode_ci"],
    dialects: ["mysql"],
    expected: ["collations", "warning", /utf8mb3_general_ci and utf8mb4_unicode_ci/],
  },
  "a table of another engine": {
    at: "019",
    broken: ["ALTER TABLE delayed_calls_v2 ENGINE=Aria"],
    dialects: ["mysql"],
    expected: ["storage-engine", "failure", /^Not in InnoDB: delayed_calls_v2 \(Aria\)$/],
  },
};

for (const [name, { at, broken, expected, ...options }] of Object.entries(CASES)) {
  databaseTest(name, async (_t, database) => {
    await using connection = await database.connect();
    if (at !== null) await upgradeTo(connection, at);
    if (broken.length > 0) {
      const [check] = expected;
      const before = (await examined(database)).find((one) => one.check.name === check);
      assert.equal(before?.status ?? "success", "success", before?.details);
    }
    await executeAll(connection, broken);
    const findings = await examined(database);
    assertFound(findings, expected);
    assert.equal(
      worstOf(findings),
      findings.some(({ status }) => status === "failure") ? "failure" : "warning",
    );
  }, options);
}

databaseTest("nothing is wrong with a database at head", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, head);
  const wrong = (await examined(database))
    .filter(({ status, check }) => status !== "success" && check.name !== "isolation");
  // Another session, this test's own, is nothing where no migration wants services stopped.
  assert.deepEqual(wrong.map(({ check, details }) => [check.name, details]), []);
});

databaseTest("an empty database is all right, and stays empty", async (_t, database) => {
  await (await database.connect())[Symbol.asyncDispose]();
  const findings = await examined(database);
  assertFound(findings, ["version-row", "success", /is empty/]);
  // MySQL's and MariaDB's own isolation is wrong for Mistral.
  assert.equal(worstOf(findings.filter(({ check }) => check.name !== "isolation")), "success");
});

databaseTest("a migration that was left half-way", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  const { plan } = await previewUpgrade(connection, graph, "020");
  const [step] = plan.migrations[0]!.steps;
  for (const statement of step!.statements) await connection.execute(statement);
  const findings = await examined(database);
  assertFound(findings, ["unfinished-migration", "warning", /1 of \d+ steps of 020/]);
  assert.ok(!findings.some(({ check }) => check.name === "drift"));
  await connection.execute(raw("DROP TABLE cron_triggers_v2"));
  assertFound(await examined(database), ["drift", "failure", /"cron_triggers_v2" is missing/]);
}, { dialects: ["mysql"] });

databaseTest("services that are at work", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  const { now } = TIMES[connection.server.rules.dialect];
  const sign = "INSERT INTO task_executions_v2 (id, name, updated_at) ";
  await executeAll(connection, [`${sign} VALUES ('t', 'n', ${now})`]);
  const stop = /020, 022 need Mistral's services stopped.*: tasks that changed/;
  assertFound(await examined(database), ["services", "failure", stop]);
  await upgradeTo(connection, "022");
  assertFound(await examined(database), ["services", "success", /may keep running; seen: tasks/]);
});

databaseTest("sessions of other programs", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  await using _other = await open(connectionSettings(
    new Secret(
      database.dialect === "mysql" ? database.url : `${database.url}?application_name=psql`,
    ),
  ));
  const stop = /need Mistral's services stopped.*: \d other sessions?$/;
  assertFound(await examined(database), ["services", "warning", stop]);
}, { dialects: ["postgresql", "mysql"] });

databaseTest("executions that nothing removes", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  const { longAgo } = TIMES[connection.server.rules.dialect];
  const rows = Array.from({ length: 1000 }, (_, id) => `('e${id}', 'w', 'SUCCESS', ${longAgo})`);
  await executeAll(connection, [
    `INSERT INTO workflow_executions_v2 (id, name, state, updated_at) VALUES ${rows.join(", ")}`,
  ]);
  assertFound(await examined(database), ["expiration", "warning", /^1,000 executions ended/]);
  const expiration = { isOn: true };
  assertFound(await examined(database, { expiration }), ["expiration", "success", /^1,000/]);
});

databaseTest("a server that cannot be reached", async () => {
  const settings = connectionSettings(new Secret("postgresql://u:tell-nobody@127.0.0.1:1/x"));
  const findings = await examined({ settings, connect: () => open(settings) });
  assertFound(findings, ["connection", "failure", /Cannot connect/]);
  assert.doesNotMatch(JSON.stringify(findings), /tell-nobody/);
}, { dialects: ["postgresql"] });

databaseTest("a connection that others can read", async (_t, database) => {
  // The address alone tells whether others are in between; the session is that of the test's server.
  const remote = database.url.replace(/@[^/]*/, "@db.example");
  const settings = connectionSettings(new Secret(remote));
  const url = database.dialect === "mysql" ? database.url : `${database.url}?sslmode=disable`;
  const plain = () => open(connectionSettings(new Secret(url)));
  assertFound(await examined({ settings, connect: plain }), [
    "connection",
    "warning",
    /without encryption/,
  ]);
}, { dialects: ["postgresql", "mysql"] });

databaseTest("a user who may only read", async (_t, database) => {
  await using administrator = await database.connect();
  await upgradeTo(administrator, "019");
  const user = `u${crypto.randomUUID().slice(0, 8)}`;
  const isMysql = database.dialect === "mysql";
  await executeAll(
    administrator,
    isMysql
      ? [
        `CREATE USER '${user}'@'%' IDENTIFIED BY 'tell-nobody'`,
        `GRANT SELECT, INSERT ON \`${database.name.replaceAll("_", "\\_")}\`.* TO '${user}'@'%'`,
      ]
      : [
        `CREATE ROLE ${user} LOGIN PASSWORD 'tell-nobody'`,
        `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user}`,
      ],
  );
  try {
    const url = database.url.replace(/\/\/[^@]*@/, `//${user}:tell-nobody@`);
    const settings = connectionSettings(new Secret(url));
    const findings = await examined({ settings, connect: () => open(settings) });
    assertFound(findings, [
      "privileges",
      "failure",
      isMysql
        ? /lacks UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES on/
        : /does not own .* and \d+ more/,
    ]);
  } finally {
    await executeAll(
      administrator,
      isMysql ? [`DROP USER '${user}'@'%'`] : [`DROP OWNED BY ${user}`, `DROP ROLE ${user}`],
    );
  }
}, { dialects: ["postgresql", "mysql"] });

databaseTest("a catalog that may not be read", async (_t, database) => {
  await using administrator = await database.connect();
  await upgradeTo(administrator, "019");
  const user = `u${crypto.randomUUID().slice(0, 8)}`;
  await executeAll(administrator, [
    `CREATE ROLE ${user} LOGIN PASSWORD 'tell-nobody'`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user}`,
    "REVOKE SELECT ON pg_catalog.pg_stat_ssl FROM PUBLIC",
  ]);
  try {
    const settings = connectionSettings(
      new Secret(database.url.replace(/\/\/[^@]*@/, `//${user}:tell-nobody@`)),
    );
    const connect = () => open(settings);
    const expected = [
      "connection",
      "warning",
      /could not be found out: permission denied/,
    ] as const;
    assertFound(await examined({ settings, connect }), expected);
    await executeAll(administrator, ["REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC"]);
    assertFound(await examined({ settings, connect }), [
      "connection",
      "failure",
      /permission denied/,
    ]);
  } finally {
    await executeAll(administrator, [`DROP OWNED BY ${user}`, `DROP ROLE ${user}`]);
  }
}, { dialects: ["postgresql"] });

databaseTest("sessions that are read-only", async (_t, database) => {
  const settings = connectionSettings(
    new Secret(`${database.url}?options=-c default_transaction_read_only=on`),
  );
  const findings = await examined({ settings, connect: () => open(settings) });
  assertFound(findings, ["writable", "failure", /default_transaction_read_only/]);
}, { dialects: ["postgresql"] });

Deno.test("a server with settings that do not fit", { ignore: !isAvailable("mysql") }, async () => {
  const more = [
    "--version=10.3.7-MariaDB",
    "--transaction-isolation=READ-COMMITTED",
    "--innodb-read-only=0",
  ];
  await using server = await startOwn("mysql", { more });
  await using database = await freshDatabase("mysql", { server: server.url });
  await using connection = await database.connect();
  await upgradeTo(connection, head);
  await executeAll(connection, [
    "CREATE TABLE site_notes (note VARCHAR(10))",
    "SET GLOBAL innodb_force_primary_key = ON",
  ]);
  const findings = await examined(database);
  assertFound(findings, ["server-version", "warning", /MariaDB 10.3.7, older than 10.6/]);
  assertFound(findings, ["isolation", "success", /READ COMMITTED/]);
  assertFound(findings, [
    "primary-keys",
    "warning",
    /site_notes; innodb_force_primary_key forbids them/,
  ]);
});

const NO_DISK = { ignore: await isSkipped("a disk without room for a copy", mounts) };

Deno.test("a disk without room for a copy", NO_DISK, async () => {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  const mount = (command: string, ...args: string[]) =>
    new Deno.Command(command, { args }).output().then(({ success }) => assert.ok(success));
  await mount("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", directory);
  try {
    const settings = connectionSettings(new Secret(`sqlite:///${directory}/mistral.sqlite`));
    const connect = () => open(settings);
    await using connection = await connect();
    await upgradeTo(connection, "019");
    assertFound(await examined({ settings, connect }), ["disk-space", "success", /copies no/]);
    await executeAll(connection, [
      "INSERT INTO task_executions_v2 (id, name, spec) VALUES ('t', 'n', hex(zeroblob(2500000)))",
    ]);
    assertFound(await examined({ settings, connect }), ["disk-space", "failure", /are free, but/]);
  } finally {
    await mount("umount", "-l", directory);
    await Deno.remove(directory);
  }
});

Deno.test("every check has a name of its own and a reason in one sentence", async () => {
  for (const server of Object.values(dialects)) {
    const checks = checksOf(await server.health());
    assert.equal(new Set(checks.map(({ name }) => name)).size, checks.length);
    for (const { name, reason } of checks) {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/);
      assert.match(reason, /^[A-Z].*[^.]\.$/);
    }
  }
});
