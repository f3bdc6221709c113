/** A preview of an upgrade: it changes nothing, waits for nobody, and needs no right to write. */
import assert from "node:assert/strict";
import { previewUpgrade, upgrade } from "../../lib/engine/mod.ts";
import { dialects } from "../tools/dialects.ts";
import { raw } from "../../lib/sql/statement.ts";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import { databaseTest } from "../tools/databases.ts";
import { graph, liveSchema, upgradeTo } from "../tools/migrations.ts";

databaseTest("a preview makes no table, not even the one of versions", async (_, database) => {
  await using connection = await database.connect();
  const { plan, explanation } = await previewUpgrade(connection, graph, "head");
  assert.equal(plan.migrations.length, graph.members.size);
  assert.equal(explanation.totals.longestBlock, null);
  assert.deepEqual(await tableNames(connection), []);
});

databaseTest("what is previewed is what is done", async (_, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  const before = await liveSchema(connection);
  const { explanation } = await previewUpgrade(connection, graph, "head");
  assert.deepEqual(await liveSchema(connection), before);
  const texts: string[] = [];
  await upgrade(connection, graph, "head", {
    onEvent: (event) => {
      if (event.kind === "statement") texts.push(event.text);
    },
  });
  const told = explanation.migrations.flatMap(({ statements }) => statements);
  assert.equal(told.length, texts.length);
  const plain = (sql: string) => sql.replace(/'[^']*'|\?|(?<== )NULL/g, "_");
  assert.deepEqual(told.map(({ sql }) => plain(sql)), texts.map(plain));
});

databaseTest("a preview waits for no other run", async (_, database) => {
  await using running = await database.connect();
  await using connection = await database.connect();
  const server = dialects[database.dialect];
  await using _lock = await server.locks.lock(running, { timeoutSeconds: 0 });
  const { plan } = await previewUpgrade(connection, graph, "002");
  assert.equal(plan.migrations.length, 2);
});

databaseTest("the server keeps a preview from writing", async (_, database) => {
  await using connection = await database.connect();
  await connection.execute(raw("CREATE TABLE t (a INTEGER)"));
  const { readOnly } = dialects[database.dialect].spelling.transactions;
  for (const statement of readOnly.begin) await connection.execute(statement);
  await assert.rejects(connection.execute(raw("INSERT INTO t VALUES (1)")));
  for (const statement of readOnly.rollback) await connection.execute(statement);
  await connection.execute(raw("INSERT INTO t VALUES (1)"));
});
