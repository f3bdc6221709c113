/** Databases whose tables something else has made, or whose version row is lost or wrong. */
import assert from "node:assert/strict";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { adopt, currentVersions, upgrade, verify } from "../../lib/engine/mod.ts";
import { populate } from "../../lib/seeds/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { runScript, scriptTest } from "../tools/clients.ts";
import { databaseTest } from "../tools/databases.ts";
import { fixture } from "../tools/fixtures.ts";
import { foldedSchema, graph, head, liveSchema, upgradeTo } from "../tools/migrations.ts";
import { loadSampleRows } from "../tools/sample_rows.ts";

/** A schema without the order of columns, which a service's own tables have as it likes. */
function unordered(schema: Awaited<ReturnType<typeof liveSchema>>) {
  return schema.map((table) => ({
    ...table,
    columns: table.columns.toSorted((left, right) => left.name < right.name ? -1 : 1),
  }));
}

const names = ["workbooks_v2", "workflow_definitions_v2", "workflow_executions_v2"];

/** A row in some tables, whatever columns they have. */
async function insertRows(connection: Database): Promise<void> {
  for (const name of names) {
    await connection.execute(raw(`INSERT INTO ${name} (id, name) VALUES ('1', 'a'), ('2', 'b')`));
  }
}

async function idsIn(connection: Database): Promise<unknown> {
  const found: unknown[] = [];
  for (const name of names) {
    found.push(await connection.query(raw(`SELECT id, name FROM ${name} ORDER BY id`)));
  }
  return found;
}

/**
 * What a service sends: it leaves names and indexes of foreign keys to MySQL, which drops an index that it
 * has made itself when another serves, while a dump tells all of them.
 */
const sent = (dump: string): string =>
  dump.replace(/^ {2}KEY `(\w+)` \(`\1`\),\n(?=(?:(?!^\)).*\n)*.*FOREIGN KEY \(`\1`\))/gm, "")
    .replace(/CONSTRAINT `\w+_ibfk_\d+` (?=FOREIGN KEY)/g, "");

// 041 only makes one column wider, which the models of 15.0.0 do not.
const MADE_BY_A_SERVICE = { "15.0.0": "040", "23.0.0": "045" } as const;

for (const [release, revision] of Object.entries(MADE_BY_A_SERVICE)) {
  scriptTest(`what a service of ${release} has made is adopted`, async (_t, database) => {
    const { dialect } = database;
    await runScript(database, sent(await fixture(`create-all/${dialect}-${release}.sql`)));
    await using connection = await database.connect();
    await insertRows(connection);
    const before = await idsIn(connection);
    const told = await adopt(connection, graph, { dryRun: true });
    assert.equal(told.revision, revision);
    assert.deepEqual(await currentVersions(connection), null);
    const done = await adopt(connection, graph);
    assert.deepEqual(done.findings, told.findings);
    assert.deepEqual(await currentVersions(connection), [revision]);
    assert.deepEqual((await verify(connection, graph)).findings, []);
    await upgradeTo(connection, "head");
    assert.deepEqual(
      unordered(await liveSchema(connection)),
      unordered(foldedSchema(connection, head)),
    );
    assert.deepEqual(await idsIn(connection), before);
    assert.equal((await adopt(connection, graph)).isRight, true);
  }, { dialects: ["postgresql", "mysql"] });
}

databaseTest("a lost version row is found again, at every revision", async (_t, database) => {
  await using connection = await database.connect();
  for (const id of ["001", "007", "019", "030", "041", head]) {
    await upgradeTo(connection, id);
    await connection.execute(raw("DROP TABLE alembic_version"));
    const { revision, findings } = await adopt(connection, graph);
    assert.deepEqual(findings, []);
    // Some revisions change rows alone, and cannot be told apart.
    assert.ok(revision >= id);
    assert.deepEqual(
      foldedSchema(connection, revision),
      foldedSchema(connection, id),
    );
    await connection.execute(raw(`UPDATE alembic_version SET version_num = '${id}'`));
  }
});

databaseTest("a wrong version row is corrected, rows are kept", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  await loadSampleRows(connection);
  const before = await idsIn(connection);
  for (const wrong of ["011", "999"]) {
    await connection.execute(raw(`UPDATE alembic_version SET version_num = '${wrong}'`));
    const options = { apply: true, revision: "019", replaceUnknown: wrong === "999" };
    const { from, revision } = await adopt(connection, graph, options);
    assert.deepEqual({ from, revision }, { from: [wrong], revision: "019" });
    assert.deepEqual(await currentVersions(connection), ["019"]);
  }
  assert.deepEqual(await idsIn(connection), before);
});

/** Rows of which this program knows none, or not all. */
const UNKNOWN: readonly (readonly string[])[] = [
  ["052"],
  [head, "052"],
  ["019", "site1"],
  ["zed"],
  ["head"],
];

databaseTest("a row that is not known is kept", async (_t, database) => {
  await using connection = await database.connect();
  await upgrade(connection, graph, "head", { direct: true });
  for (const rows of UNKNOWN) {
    await connection.execute(raw("DELETE FROM alembic_version"));
    const values = rows.map((row) => `('${row}')`).join(", ");
    await connection.execute(raw(`INSERT INTO alembic_version VALUES ${values}`));
    const unknown = rows.find((row) => !graph.members.has(row));
    const refusal = {
      name: "RevisionError",
      message: `Can't locate revision identified by '${unknown}'`,
    };
    for (const revision of [undefined, head]) {
      await assert.rejects(adopt(connection, graph, { revision }), refusal);
    }
    await assert.rejects(populate(connection, graph), refusal);
    assert.deepEqual(await currentVersions(connection), rows.toSorted());
    const { from, revision } = await adopt(connection, graph, { dryRun: true });
    assert.deepEqual({ from, revision }, { from: rows.toSorted(), revision: head });
  }
  await adopt(connection, graph, { replaceUnknown: true });
  assert.deepEqual(await currentVersions(connection), [head]);
});

databaseTest("a foreign database is not adopted", async (_t, database) => {
  await using connection = await database.connect();
  await assert.rejects(
    adopt(connection, graph, { dryRun: true }),
    /it has none of Mistral's tables/,
  );
  await connection.execute(raw("CREATE TABLE users (id INTEGER)"));
  await assert.rejects(adopt(connection, graph), /it has none of Mistral's/);
  assert.deepEqual(await currentVersions(connection), null);
});

databaseTest("a repair that is refused leaves the version as it was", async (_t, database) => {
  await using connection = await database.connect();
  await upgrade(connection, graph, "head", { direct: true });
  await connection.execute(raw("DROP TABLE alembic_version"));
  const drop: Partial<Record<DialectName, string>> = {
    postgresql: "ALTER TABLE named_locks DROP CONSTRAINT named_locks_name_key",
    mysql: "ALTER TABLE named_locks DROP INDEX name",
  };
  await connection.execute(raw(drop[database.dialect]!));
  await connection.execute(raw("INSERT INTO named_locks (id, name) VALUES ('1', 'a'), ('2', 'a')"));
  await assert.rejects(adopt(connection, graph), /named_locks|uplicate/);
  const versions = await currentVersions(connection);
  assert.ok(versions === null || versions.length === 0);
  await connection.execute(raw("DELETE FROM named_locks WHERE id = '2'"));
  const { revision } = await adopt(connection, graph);
  assert.equal(revision, head);
  assert.deepEqual(await currentVersions(connection), [head]);
}, { dialects: ["postgresql", "mysql"] });
