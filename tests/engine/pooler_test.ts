/** Behind a pooler, a run has a session of its own, or does not begin. */
import assert from "node:assert/strict";
import { connect } from "../../lib/servers/connecting/connect.ts";
import { dialects } from "../tools/dialects.ts";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import { upgrade } from "../../lib/engine/mod.ts";
import { databaseTest } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema } from "../tools/migrations.ts";
import { hasPgbouncer, startPgbouncer } from "../tools/servers/pgbouncer.ts";
import { sessionWith } from "../tools/sessions.ts";

const POOLED = { dialects: ["postgresql"], ignore: !await hasPgbouncer() } as const;

const LENT_OUT = /goes through a pooler that lends out .* \(pool_mode=transaction\)/;

databaseTest("a pooler that lends sessions for a transaction is refused", async (_t, database) => {
  for (const sessions of [1, 20]) {
    await using pooler = await startPgbouncer("transaction", sessions);
    await using connection = await connect(pooler.url(database.name));
    await assert.rejects(upgrade(connection, graph, "head"), LENT_OUT);
    assert.deepEqual(await tableNames(connection), []);
  }
}, POOLED);

databaseTest("two runs that are lent the same session do not both go on", async (_t, database) => {
  await using pooler = await startPgbouncer("transaction");
  // A third session that is lent another one hides that these two are lent the same.
  const open = async () =>
    sessionWith(await connect(pooler.url(database.name)), { openAnother: database.connect });
  await using first = await open();
  await using second = await open();
  const lock = await dialects.postgresql.locks.lock(first, { timeoutSeconds: 0 });
  await lock.confirm();
  await assert.rejects(dialects.postgresql.locks.lock(second, { timeoutSeconds: 0 }), LENT_OUT);
  await lock[Symbol.asyncDispose]();
  await using _again = await dialects.postgresql.locks.lock(second, { timeoutSeconds: 0 });
}, POOLED);

databaseTest("a pooler that lends a session for good is as good as none", async (_t, database) => {
  await using pooler = await startPgbouncer("session");
  await using connection = await connect(pooler.url(database.name));
  assert.equal(connection.isPooled, true);
  await upgrade(connection, graph, "head", { direct: true });
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  await using direct = await database.connect();
  assert.equal(direct.isPooled, false);
}, POOLED);
