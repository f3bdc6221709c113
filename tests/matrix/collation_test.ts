/**
 * MySQL and MariaDB: databases whose default collation has changed since their tables were made, as
 * after an upgrade of the server.
 */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import { script, upgrade } from "../../lib/engine/mod.ts";
import { previewUpgrade } from "../../lib/engine/explanation/preview.ts";
import { planOfflineUpgrade } from "../../lib/plan/offline.ts";
import { populate } from "../../lib/seeds/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { runScript, scriptTest } from "../tools/clients.ts";
import { databaseTest, type TestDatabase } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema, upgradeTo } from "../tools/migrations.ts";

/** What tables had, and what new ones would get: a change of collation, and one of the character set. */
const CHANGES = [
  ["utf8mb4 COLLATE utf8mb4_general_ci", "utf8mb4 COLLATE utf8mb4_unicode_ci"],
  ["utf8mb3 COLLATE utf8mb3_general_ci", "utf8mb4 COLLATE utf8mb4_general_ci"],
] as const;

const DEFINITION =
  `INSERT INTO workflow_definitions_v2 (id, name, definition, spec) VALUES ('d', 'w', 'x', '{}')`;

/** A database made at 011 under one default, with rows, that has another default now. */
async function agedDatabase(database: TestDatabase, [then, now]: readonly [string, string]) {
  await using connection = await database.connect();
  await connection.execute(raw(`ALTER DATABASE ${database.name} CHARACTER SET ${then}`));
  await upgradeTo(connection, "011");
  await connection.execute(raw(DEFINITION));
  await connection.execute(raw(`ALTER DATABASE ${database.name} CHARACTER SET ${now}`));
}

for (const change of CHANGES) {
  databaseTest(`${change[0]}, then ${change[1]}: upgrade`, async (_t, database) => {
    await agedDatabase(database, change);
    await using connection = await database.connect();
    const { explanation } = await previewUpgrade(connection, graph, "head");
    const collation = change[0].split(" ").at(-1)!;
    const created = explanation.migrations.flatMap(({ statements }) => statements)
      .filter(({ sql }) => sql.startsWith("CREATE TABLE"));
    assert.ok(created.length > 0);
    for (const { sql, words } of created) {
      assert.ok(sql.endsWith(` COLLATE ${collation}`), sql);
      assert.ok(words.includes(`the older tables' collation ${collation}`), words);
    }
    await upgrade(connection, graph, "head");
    assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
    const found = await connection.query(
      raw(`SELECT DISTINCT table_collation AS collation FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%'`),
    );
    assert.deepEqual(found, [{ collation }]);
    await populate(connection, graph);
    // Old tables and new ones, by columns that no foreign key stands for.
    const [row] = await connection.query(
      raw(`SELECT COUNT(*) AS count FROM workflow_definitions_v2 d
        LEFT JOIN cron_triggers_v2 c ON c.workflow_name = d.name
        LEFT JOIN event_triggers_v2 e ON e.workflow_id = d.id
        LEFT JOIN named_locks n ON n.name = d.name`),
    );
    assert.ok(Number(row!.count) > 1);
  }, { dialects: ["mysql"] });
}

databaseTest("where the collations agree nothing is said of them", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "011");
  const { explanation } = await previewUpgrade(connection, graph, "head");
  const statements = explanation.migrations.flatMap((migration) => migration.statements);
  assert.doesNotMatch(statements.map(({ sql, words }) => sql + words).join("\n"), /collat/i);
}, { dialects: ["mysql"] });

scriptTest(
  "a script stops before its first change, and says what to do",
  async (_t, database) => {
    await agedDatabase(database, CHANGES[0]);
    const plan = planOfflineUpgrade(graph, "011:head", dialects.mysql);
    const text = script(plan, dialects.mysql, { generator: "test", guard: true }).join("");
    const { code, stderr } = await runScript(database, text);
    assert.notEqual(code, 0);
    const remedy = /first run (ALTER DATABASE COLLATE \w+)/.exec(stderr)![1]!;
    await using connection = await database.connect();
    assert.deepEqual(await liveSchema(connection), foldedSchema(connection, "011"));
    await connection.execute(raw(remedy));
    assert.deepEqual(await runScript(database, text), { code: 0, stderr: "" });
    assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  },
  { dialects: ["mysql"] },
);
