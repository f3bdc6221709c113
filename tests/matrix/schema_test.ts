/** The schema at every revision, against the fold and against what upstream's tool makes. */
import assert from "node:assert/strict";
import type { Database } from "../../lib/servers/database.ts";
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { migrations } from "../../migrations/mod.ts";
import { type Catalog, readCatalog } from "../tools/catalog.ts";
import { databaseTest } from "../tools/databases.ts";
import { jsonFixture, renew } from "../tools/fixtures.ts";
import { foldedSchema, graph, head, liveSchema, upgradeTo } from "../tools/migrations.ts";

async function assertReference(connection: Database, revision: string): Promise<void> {
  if (connection.server.rules.dialect === "sqlite") return;
  const path = `schema/${connection.server.rules.dialect}/${revision}.json`;
  const catalog = await readCatalog(connection);
  // Upstream's tool ends at 045: what comes after it has no other reference than itself.
  if (revision > "045") await renew(path, `${JSON.stringify({ tables: catalog }, null, 1)}\n`);
  const { tables } = await jsonFixture<{ tables: Catalog }>(path);
  assert.deepEqual(catalog, tables, revision);
}

databaseTest("one at a time, every revision equals fold and reference", async (_t, database) => {
  await using connection = await database.connect();
  for (const { id } of migrations) {
    const { applied, to } = await upgradeTo(connection, "+1");
    assert.deepEqual({ applied, to }, { applied: [id], to: [id] });
    assert.deepEqual(await liveSchema(connection), foldedSchema(connection, id), id);
    await assertReference(connection, id);
  }
});

databaseTest("in one go, head equals fold and reference", async (_t, database) => {
  await using connection = await database.connect();
  const { from, to, applied } = await upgradeTo(connection, "head");
  assert.deepEqual([from, to, applied.length], [[], [head], graph.members.size]);
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  await assertReference(connection, head);
});

databaseTest("mariadb:// makes what mysql:// makes", async (_t, database) => {
  const url = database.url.replace(/^mysql:/, "mariadb+pymysql:");
  await using connection = await open(connectionSettings(new Secret(url)));
  await upgradeTo(connection, "head");
  await assertReference(connection, head);
}, { dialects: ["mysql"] });

databaseTest("utf8mb4 differs in nothing but character set and collation", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  for (const table of Object.values(await readCatalog(connection))) {
    assert.equal(table.charset, "utf8mb4");
  }
}, { dialects: ["mysql"], charset: "utf8mb4" });
