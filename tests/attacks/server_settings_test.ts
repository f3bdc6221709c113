/** Servers whose settings make a success of what is none: a run sets its session, or refuses. */
import assert from "node:assert/strict";
import { connect } from "../../lib/servers/connecting/connect.ts";
import type { Database } from "../../lib/servers/database.ts";
import { dialects } from "../tools/dialects.ts";
import { adopt, currentVersions, upgrade, upgradeScript } from "../../lib/engine/mod.ts";
import { populate } from "../../lib/seeds/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { runScript } from "../tools/clients.ts";
import { freshDatabase, isAvailable, type TestDatabase } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema, upgradeTo } from "../tools/migrations.ts";
import { startOwn } from "../tools/servers/own_server.ts";

/** All that a server can be set to that damages tables or rows and says nothing. */
const HARMFUL = [
  ...[
    "--default-storage-engine=Aria",
    "--transaction-isolation=READ-COMMITTED",
    "--log-bin=binlog",
  ],
  ...["--binlog-format=STATEMENT", "--sql-mode=", "--autocommit=0"],
];

const AUTHOR = { runId: "r", user: "u", program: "p" };

const scriptTo = (range: string): string =>
  upgradeScript(graph, range, dialects.mysql, { generator: "test" }).join("");

async function enginesOf(connection: Database): Promise<readonly string[]> {
  const rows = await connection.query(raw(`SELECT DISTINCT engine AS engine
FROM information_schema.tables WHERE table_schema = DATABASE()`));
  return rows.map((row) => String(row.engine));
}

async function assertAtHead(database: TestDatabase): Promise<void> {
  await using connection = await database.connect();
  assert.deepEqual(await currentVersions(connection), [head]);
  assert.deepEqual(await enginesOf(connection), ["InnoDB"]);
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
}

Deno.test("harmful settings of a server", { ignore: !isAvailable("mysql") }, async (t) => {
  await using server = await startOwn("mysql", { more: HARMFUL });
  await using administrator = await connect(server.url);
  const fresh = () => freshDatabase("mysql", { server: server.url });
  const set = (statement: string) => administrator.execute(raw(statement));

  await set("SET GLOBAL foreign_key_checks = 0, GLOBAL unique_checks = 0");

  await t.step("a run has no use for them", async () => {
    await using database = await fresh();
    await using connection = await database.connect();
    await upgrade(connection, graph, "019", { author: AUTHOR });
    await upgrade(connection, graph, head, { author: AUTHOR });
    await populate(connection, graph);
    await assertAtHead(database);
  });

  await t.step("nor has a script", async () => {
    for (const ranges of [["head"], ["019", "019:head"]]) {
      await using database = await fresh();
      for (const range of ranges) {
        const { code, stderr } = await runScript(database, scriptTo(range));
        assert.equal(code, 0, stderr);
      }
      await assertAtHead(database);
    }
  });

  await t.step("an engine that the server enforces is refused", async () => {
    await set("SET GLOBAL enforce_storage_engine = 'Aria'");
    try {
      await using database = await fresh();
      await using connection = await database.connect();
      await assert.rejects(
        upgradeTo(connection, head),
        /^OperatorError: Cannot change the database: .*enforce_storage_engine is Aria/,
      );
      const { stderr } = await runScript(database, scriptTo("head"));
      assert.match(stderr, /Stop: .*enforce_storage_engine/);
      assert.deepEqual(await enginesOf(connection), []);
    } finally {
      await set("SET GLOBAL enforce_storage_engine = NULL");
    }
  });

  await t.step("sessions that write no binary log are refused", async () => {
    await using database = await fresh();
    const { username, password } = new URL(server.url);
    await set(`CREATE USER 'quiet'@'%' IDENTIFIED BY '${password}'`);
    await set("GRANT ALL ON *.* TO 'quiet'@'%'");
    await set("REVOKE SUPER, CONNECTION ADMIN ON *.* FROM 'quiet'@'%'");
    await set("SET GLOBAL init_connect = 'SET sql_log_bin = 0'");
    try {
      const quiet = database.url.replace(`//${username}:`, "//quiet:");
      await using connection = await connect(quiet);
      const refusal = /Cannot change the database: .*sql_log_bin is OFF/;
      await assert.rejects(upgradeTo(connection, head), refusal);
      await assert.rejects(populate(connection, graph), refusal);
      assert.deepEqual(await enginesOf(connection), []);
      const { stderr } = await runScript({ ...database, url: quiet }, scriptTo("head"));
      assert.match(stderr, /Stop: .*sql_log_bin/);
      assert.deepEqual(await enginesOf(connection), []);
    } finally {
      await set("SET GLOBAL init_connect = ''");
      await set("DROP USER 'quiet'@'%'");
    }
  });

  await t.step("tables of another engine are refused before the first change", async () => {
    await using database = await fresh();
    await using connection = await database.connect();
    await upgradeTo(connection, "019");
    await connection.execute(raw("SET foreign_key_checks = 0"));
    await connection.execute(raw("ALTER TABLE delayed_calls_v2 ENGINE=MyISAM"));
    const refusal = /Cannot change .*delayed_calls_v2 \(MyISAM\).*ENGINE=InnoDB/;
    await assert.rejects(upgradeTo(connection, "head"), refusal);
    assert.deepEqual(await currentVersions(connection), ["019"]);
    const { stderr } = await runScript(database, scriptTo("019:head"));
    assert.match(stderr, /Stop: .*delayed_calls_v2/);
    assert.deepEqual(await currentVersions(connection), ["019"]);
    await connection.execute(raw("ALTER TABLE delayed_calls_v2 ENGINE=InnoDB"));
    await upgradeTo(connection, "head");
    await assertAtHead(database);
    await connection.execute(raw("ALTER TABLE action_definitions_v2 ENGINE=Aria"));
    await assert.rejects(populate(connection, graph), /action_definitions_v2 \(Aria\)/);
  });

  await t.step("tables that adopt makes are InnoDB's", async () => {
    await using database = await fresh();
    await using connection = await database.connect();
    await upgradeTo(connection, head);
    await connection.execute(raw("DROP TABLE alembic_version"));
    await connection.execute(raw("DROP TABLE mistral_metrics"));
    await adopt(connection, graph);
    await assertAtHead(database);
  });
});
