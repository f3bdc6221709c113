/** Whether a schema is the one that its revision makes, in words, and the statements that repair it. */
import assert from "node:assert/strict";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { upgrade, verify } from "../../lib/engine/mod.ts";
import type { Step } from "../../lib/servers/step.ts";
import { previewUpgrade } from "../../lib/engine/explanation/preview.ts";
import { unfinishedInWords } from "../../lib/plan/state/unfinished.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { graph, head, upgradeTo } from "../tools/migrations.ts";

databaseTest("every revision is what it makes", async (_t, database) => {
  await using connection = await database.connect();
  for (const id of ["001", "013", "019", "033", "041", head]) {
    await upgradeTo(connection, id);
    const { revisions, findings, repairs } = await verify(connection, graph);
    assert.deepEqual({ revisions, findings, repairs }, {
      revisions: [id],
      findings: [],
      repairs: [],
    });
  }
});

/** Something that somebody did to a database, and what is said of it. */
interface Damage {
  readonly make: Partial<Record<DialectName, readonly string[]>>;
  readonly says: RegExp;
  readonly harmless?: boolean;
}

const everywhere = (...statements: readonly string[]) => ({
  postgresql: statements,
  mysql: statements,
  sqlite: statements,
});

const DAMAGES: Readonly<Record<string, Damage>> = {
  "a table is missing": {
    make: everywhere("DROP TABLE mistral_metrics"),
    says: /^table "mistral_metrics" is missing$/,
  },
  "a column is missing": {
    make: everywhere("ALTER TABLE workbooks_v2 DROP COLUMN tags"),
    says: /^column "tags" of table "workbooks_v2" is missing$/,
  },
  "a column has another type": {
    make: {
      postgresql: ["ALTER TABLE cron_triggers_v2 ALTER workflow_name TYPE VARCHAR(100)"],
      mysql: ["ALTER TABLE cron_triggers_v2 MODIFY workflow_name VARCHAR(100) NULL"],
    },
    says: /^column "workflow_name" of table "cron_triggers_v2" is string\(100\) instead of string/,
  },
  "a text has less room, as after the use of mariadb:// by upstream's program": {
    make: { mysql: ["ALTER TABLE action_executions_v2 MODIFY output TEXT NULL"] },
    says: /^column "output" of table "action_executions_v2" is text instead of longText$/,
  },
  "a text has more room": {
    make: { mysql: ["ALTER TABLE environments_v2 MODIFY description MEDIUMTEXT NULL"] },
    says: /is mediumText instead of text; it only has more room, as after CONVERT TO/,
    harmless: true,
  },
  "an index is missing": {
    make: {
      postgresql: ["DROP INDEX code_sources_scope"],
      mysql: ["DROP INDEX code_sources_scope ON code_sources"],
      sqlite: ["DROP INDEX code_sources_scope"],
    },
    says: /^index "code_sources_scope" \(scope\) of table "code_sources" is missing$/,
  },
  "a column that must be filled": {
    make: {
      postgresql: ["ALTER TABLE workbooks_v2 ADD site INTEGER NOT NULL"],
      mysql: ["ALTER TABLE workbooks_v2 ADD site INTEGER NOT NULL"],
    },
    says: /^column "site" of table "workbooks_v2" should not be there$/,
  },
  "a column of a site": {
    make: everywhere("ALTER TABLE workbooks_v2 ADD site INTEGER"),
    says: /^column "site" of table "workbooks_v2" does not belong to Mistral$/,
    harmless: true,
  },
  "a table of a site": {
    make: everywhere("CREATE TABLE site (id INTEGER PRIMARY KEY)"),
    says: /^table "site" does not belong to Mistral$/,
    harmless: true,
  },
  "an index of a site": {
    make: everywhere("CREATE INDEX site ON workbooks_v2 (scope)"),
    says: /^index "site" \(scope\) of table "workbooks_v2" does not belong to Mistral$/,
    harmless: true,
  },
  "a unique constraint of a site": {
    make: everywhere("CREATE UNIQUE INDEX site ON workbooks_v2 (scope)"),
    says: /"site" \(scope\) of table "workbooks_v2" should not be there$/,
  },
};

async function executeAll(connection: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await connection.execute(raw(statement));
}

async function repair(connection: Database, steps: readonly Step[]): Promise<void> {
  for (const { statements } of steps) {
    for (const statement of statements) await connection.execute(statement);
  }
}

for (const [name, { make, says, harmless = false }] of Object.entries(DAMAGES)) {
  databaseTest(`found and repaired: ${name}`, async (_t, database) => {
    await using connection = await database.connect();
    await upgrade(connection, graph, "head", { direct: true });
    await executeAll(connection, make[database.dialect]!);
    const { findings, repairs } = await verify(connection, graph);
    assert.equal(findings.length, 1, JSON.stringify(findings));
    assert.match(findings[0]!.words, says);
    assert.equal(findings[0]!.harmless, harmless);
    assert.equal(repairs.length > 0, !harmless);
    await repair(connection, repairs);
    const again = await verify(connection, graph);
    assert.deepEqual(again.findings, harmless ? findings : []);
  }, { dialects: Object.keys(make) as DialectName[] });
}

databaseTest("a migration that was interrupted is said to be so", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  const { plan } = await previewUpgrade(connection, graph, "020");
  const [step] = plan.migrations[0]!.steps;
  for (const statement of step!.statements) await connection.execute(statement);
  const { findings, repairs, unfinished } = await verify(connection, graph);
  const [found] = findings;
  assert.match(found!.words, /^column "type" of table "task_executions_v2" is made by 020, which/);
  assert.equal(found!.harmless, false);
  assert.deepEqual(repairs, []);
  // Where a migration is one transaction, no run leaves half of it.
  const said = unfinished ? unfinishedInWords(unfinished) : null;
  if (connection.server.rules.dialect === "mysql") {
    assert.match(said!, /^An earlier run completed 1 of \d steps of 020$/);
  } else assert.equal(said, null);
  if (connection.server.rules.dialect !== "mysql") return;
  await upgradeTo(connection, "020");
  const done = await verify(connection, graph);
  assert.deepEqual([done.findings, done.unfinished], [[], undefined]);
});

/** What later revisions make, in a database at 019, and how often it is named. */
const LATER: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
  "a column, of another type": [
    ["ALTER TABLE task_executions_v2 ADD type INTEGER"],
    /^column "type" .* is made by 020/,
  ],
  "a table": [
    ["CREATE TABLE mistral_metrics (id INTEGER PRIMARY KEY)"],
    /^table "mistral_metrics" is made by \d+, which is not applied$/,
  ],
};

for (const [name, [make, says]] of Object.entries(LATER)) {
  databaseTest(`no addition of a site: ${name} of a later revision`, async (_t, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "019");
    await executeAll(connection, make);
    const { findings, repairs } = await verify(connection, graph);
    assert.equal(findings.length, 1);
    assert.match(findings[0]!.words, says);
    assert.equal(findings[0]!.harmless, false);
    assert.deepEqual(repairs, [], "what may hold rows is not dropped");
  });
}

databaseTest("a version row that is behind", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "020");
  await connection.execute(raw("UPDATE alembic_version SET version_num = '019'"));
  const { findings, repairs } = await verify(connection, graph);
  assert.ok(findings.some(({ words }) => words.includes("is made by 020, which is not applied")));
  assert.ok(repairs.every(({ words }) => !words.startsWith("drop")), "nothing is dropped");
});

databaseTest("a repair leaves what is a site's own", async (_t, database) => {
  await using connection = await database.connect();
  await upgrade(connection, graph, "head", { direct: true });
  await executeAll(connection, [
    "CREATE TABLE site (id INTEGER PRIMARY KEY)",
    "ALTER TABLE workbooks_v2 ADD site INTEGER",
    "CREATE INDEX site_index ON workbooks_v2 (scope)",
    "ALTER TABLE workbooks_v2 DROP COLUMN tags",
  ]);
  const { repairs, findings } = await verify(connection, graph);
  assert.equal(findings.filter(({ harmless }) => harmless).length, 3);
  await repair(connection, repairs);
  const again = await verify(connection, graph);
  assert.deepEqual(again.findings, findings.filter(({ harmless }) => harmless));
  assert.deepEqual(again.repairs, []);
});

databaseTest("texts as upstream's tool makes them for mariadb:// URLs", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  const columns = await connection.query(raw(`
    SELECT table_name AS table_name, column_name AS name FROM information_schema.columns
    WHERE table_schema = DATABASE() AND data_type IN ('mediumtext', 'longtext')
      AND table_name LIKE '%_v2'`));
  await executeAll(
    connection,
    columns.map((row) => `ALTER TABLE ${row.table_name} MODIFY ${row.name} TEXT NULL`),
  );
  const { findings, repairs } = await verify(connection, graph);
  assert.equal(findings.length, columns.length);
  for (const { harmless, words } of findings) {
    assert.ok(harmless, words);
    assert.match(words, /upstream's tool makes it so for mariadb:\/\/ URLs, and it holds 64 KiB/);
  }
  assert.deepEqual(repairs, []);
  // Where some are long, the others are not so for that reason.
  const [first] = columns;
  await connection.execute(
    raw(`ALTER TABLE ${first!.table_name} MODIFY ${first!.name} LONGTEXT NULL`),
  );
  assert.ok((await verify(connection, graph)).findings.some(({ harmless }) => !harmless));
}, { dialects: ["mysql"] });

databaseTest("what is ignored is not spoken of", async (_t, database) => {
  await using connection = await database.connect();
  await upgrade(connection, graph, "head", { direct: true });
  await executeAll(connection, [
    "CREATE TABLE nc_alembic_version (a INTEGER)",
    "ALTER TABLE workbooks_v2 ADD site_note INTEGER",
    "CREATE INDEX of_site ON workbooks_v2 (site_note, scope)",
    "ALTER TABLE workbooks_v2 DROP COLUMN tags",
  ]);
  const ignore = ["nc_*", "*.site_note", "workbooks_v2.tags"];
  assert.deepEqual((await verify(connection, graph, ignore)).findings, []);
  assert.equal((await verify(connection, graph, ["nc_*"])).findings.length, 3);
});

databaseTest("without a version row there is nothing to compare with", async (_t, database) => {
  await using connection = await database.connect();
  await assert.rejects(verify(connection, graph), /no row in alembic_version/);
});
