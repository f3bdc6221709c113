/** What a remedy says to run can be run, and makes the check succeed. */
import assert from "node:assert/strict";
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import type { Database } from "../../lib/servers/database.ts";
import type { Status } from "../../lib/doctor/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { freshDatabase, isAvailable, type TestDatabase } from "../tools/databases.ts";
import { upgradeTo } from "../tools/migrations.ts";
import { startOwn } from "../tools/servers/own_server.ts";
import { assertFound, examined } from "./examined.ts";

/** The statements in a remedy. */
function statementsIn(remedy: string): readonly string[] {
  const found = remedy.match(
    /\b(?:SET GLOBAL|ALTER ROLE|ALTER TABLE|GRANT) .+?(?=; |, and |, set |$)/g,
  );
  assert.ok(found, `no statement in: ${remedy}`);
  return found;
}

async function executeAll(connection: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await connection.execute(raw(statement));
}

function reached(url: string) {
  const settings = connectionSettings(new Secret(url));
  return { settings, connect: () => open(settings) };
}

/** One way in which a server is set up, and what the check says of it. */
interface Case {
  readonly set: readonly string[];
  readonly status: Status;
  readonly details: RegExp;
  /** Added to the URL. */
  readonly query?: string;
  /** What the remedy says where no statement helps. */
  readonly remedy?: RegExp;
}

/** Examines each case, and again after its remedy. */
async function tryCases(
  t: Deno.TestContext,
  check: string,
  cases: Readonly<Record<string, Case>>,
  { url }: TestDatabase,
  administrator: Database,
  reset: readonly string[],
): Promise<void> {
  for (const [name, { set, status, details, query = "", remedy }] of Object.entries(cases)) {
    await t.step(name, async () => {
      await executeAll(administrator, set);
      const database = reached(`${url}${query}`);
      const said = assertFound(await examined(database), [check, status, details]);
      if (remedy) assert.match(said, remedy);
      else if (status !== "success") {
        await executeAll(administrator, statementsIn(said));
        assertFound(await examined(database), [check, "success", /./]);
      }
      await executeAll(administrator, reset);
    });
  }
}

const LEVEL = "default_transaction_isolation";

Deno.test("isolation on PostgreSQL", { ignore: !isAvailable("postgresql") }, async (t) => {
  await using server = await startOwn("postgresql", {});
  await using database = await freshDatabase("postgresql", { server: server.url });
  await using administrator = await database.connect();
  const own = `ALTER DATABASE ${database.name}`;
  const cases: Readonly<Record<string, Case>> = {
    "the server's own": { set: [], status: "success", details: /is READ COMMITTED/ },
    "the same by another name": {
      set: [`${own} SET ${LEVEL} = 'read uncommitted'`],
      status: "success",
      details: /READ UNCOMMITTED/,
    },
    "of the server": {
      set: [`ALTER SYSTEM SET ${LEVEL} = 'repeatable read'`, "SELECT pg_reload_conf()"],
      status: "warning",
      details: /REPEATABLE READ, but Mistral needs/,
    },
    "of the database": {
      set: [`${own} SET ${LEVEL} = 'serializable'`],
      status: "warning",
      details: /is SERIALIZABLE, but Mistral needs/,
    },
    "of the role": {
      set: [`ALTER ROLE mistral SET ${LEVEL} = 'repeatable read'`],
      status: "warning",
      details: /REPEATABLE READ/,
    },
    "of the role in the database": {
      set: [`ALTER ROLE mistral IN DATABASE ${database.name} SET ${LEVEL} = 'serializable'`],
      status: "warning",
      details: /SERIALIZABLE/,
    },
    "of the URL": {
      set: [],
      query: `?options=-c%20${LEVEL}%3Dserializable`,
      status: "warning",
      details: /SERIALIZABLE/,
      remedy: /^Remove default_transaction_isolation from the options in the URL/,
    },
  };
  await tryCases(t, "isolation", cases, database, administrator, [
    ...[`ALTER SYSTEM RESET ${LEVEL}`, "SELECT pg_reload_conf()", `${own} RESET ${LEVEL}`],
    ...["ALTER ROLE mistral", `ALTER ROLE mistral IN DATABASE ${database.name}`].map((role) =>
      `${role} RESET ${LEVEL}`
    ),
  ]);
});

const level = (words: string) => `SET GLOBAL TRANSACTION ISOLATION LEVEL ${words}`;

Deno.test("remedies on MariaDB", { ignore: !isAvailable("mysql") }, async (t) => {
  await using server = await startOwn("mysql", { more: ["--log-bin=binlog"] });
  await using database = await freshDatabase("mysql", { server: server.url, charset: "utf8mb4" });
  await using administrator = await database.connect();
  const isolations: Readonly<Record<string, Case>> = {
    "the server's own": {
      set: [],
      status: "warning",
      details: /is REPEATABLE READ, but Mistral needs/,
    },
    "serializable": { set: [level("SERIALIZABLE")], status: "warning", details: /SERIALIZABLE/ },
    "dirty": { set: [level("READ UNCOMMITTED")], status: "warning", details: /READ UNCOMMITTED/ },
    "read committed": {
      set: [level("READ COMMITTED")],
      status: "success",
      details: /is READ COMMITTED$/,
    },
    "repeatable, with a log of statements": {
      set: ["SET GLOBAL binlog_format = 'STATEMENT'"],
      status: "warning",
      details: /REPEATABLE READ/,
    },
    "read committed, with a log of statements": {
      set: [level("READ COMMITTED"), "SET GLOBAL binlog_format = 'STATEMENT'"],
      status: "failure",
      details: /refuses every write of Mistral \(error 1665\)/,
    },
    "read committed, with a log of rows": {
      set: [level("READ COMMITTED"), "SET GLOBAL binlog_format = 'ROW'"],
      status: "success",
      details: /is READ COMMITTED$/,
    },
  };
  await tryCases(t, "isolation", isolations, database, administrator, [
    level("REPEATABLE READ"),
    "SET GLOBAL binlog_format = 'MIXED'",
  ]);

  await t.step("what init_connect sets", async () => {
    await executeAll(administrator, [
      "CREATE USER low@'%' IDENTIFIED BY 'tell-nobody'",
      `GRANT ALL ON ${database.name}.* TO low@'%'`,
      level("READ COMMITTED"),
      "SET GLOBAL init_connect = 'SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE'",
    ]);
    const low = reached(database.url.replace(/\/\/[^@]*@/, "//low:tell-nobody@"));
    const remedy = assertFound(await examined(low), ["isolation", "warning", /SERIALIZABLE/]);
    assert.match(remedy, /^Correct init_connect/);
    await executeAll(administrator, [
      level("REPEATABLE READ"),
      "SET GLOBAL init_connect = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'",
    ]);
    assertFound(await examined(low), ["isolation", "success", /READ COMMITTED/]);
    await executeAll(administrator, ["SET GLOBAL init_connect = ''"]);
  });

  await t.step("tables of other engines", async () => {
    await upgradeTo(administrator, "002");
    const before = await examined(database);
    assertFound(before, ["storage-engine", "success", /InnoDB/]);
    await executeAll(administrator, [
      "SET foreign_key_checks = 0",
      "ALTER TABLE workbooks_v2 ENGINE=MyISAM",
      "ALTER TABLE alembic_version ENGINE=Aria",
      "CREATE TABLE site_notes (id INTEGER PRIMARY KEY) ENGINE=MyISAM",
    ]);
    const others = /^Not in InnoDB: alembic_version \(Aria\), workbooks_v2 \(MyISAM\)$/;
    const found = ["storage-engine", "failure", others] as const;
    await executeAll(administrator, statementsIn(assertFound(await examined(database), found)));
    assertFound(await examined(database), ["storage-engine", "success", /InnoDB/]);
  });

  await t.step("a row format with short keys", async () => {
    await executeAll(administrator, ["SET GLOBAL innodb_default_row_format = 'compact'"]);
    const found = ["storage-engine", "warning", /row format compact/] as const;
    await executeAll(administrator, statementsIn(assertFound(await examined(database), found)));
    assertFound(await examined(database), ["storage-engine", "success", /InnoDB/]);
  });

  await t.step("privileges that are missing", async () => {
    await executeAll(administrator, [
      "CREATE USER poor@'127.0.0.%' IDENTIFIED BY 'tell-nobody'",
      `GRANT SELECT ON ${database.name}.* TO poor@'127.0.0.%'`,
    ]);
    const poor = reached(database.url.replace(/\/\/[^@]*@/, "//poor:tell-nobody@"));
    const found = ["privileges", "failure", /lacks INSERT/] as const;
    const [grant] = statementsIn(assertFound(await examined(poor), found));
    assert.ok(grant!.includes("\\_"), "the name means other databases as well");
    await executeAll(administrator, [grant!]);
    assertFound(await examined(poor), ["privileges", "success", /has all the privileges/]);
  });
});

Deno.test(
  "a schema and a user with odd names",
  { ignore: !isAvailable("postgresql") },
  async () => {
    await using database = await freshDatabase("postgresql");
    await using administrator = await database.connect();
    const user = `Odd ${crypto.randomUUID().slice(0, 8)}`;
    await executeAll(administrator, [
      'CREATE SCHEMA "Mistral"',
      `CREATE ROLE "${user}" LOGIN PASSWORD 'tell-nobody'`,
      `GRANT USAGE ON SCHEMA "Mistral" TO "${user}"`,
    ]);
    try {
      const url = database.url.replace(/\/\/[^@]*@/, `//${encodeURIComponent(user)}:tell-nobody@`);
      const odd = reached(`${url}?options=${encodeURIComponent('-csearch_path="Mistral"')}`);
      const found = ["privileges", "failure", /may not create tables/] as const;
      await executeAll(administrator, statementsIn(assertFound(await examined(odd), found)));
      assertFound(await examined(odd), ["privileges", "success", /may create new ones/]);
    } finally {
      await executeAll(administrator, [`DROP OWNED BY "${user}"`, `DROP ROLE "${user}"`]);
    }
  },
);
