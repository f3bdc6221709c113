/** What `adopt --sql` and `populate --sql` write does, in the hands of the database's own client, what the commands do. */
import assert from "node:assert/strict";
import { currentVersions, script, type Verb, verify, work } from "../../lib/engine/mod.ts";
import { adoption } from "../../lib/engine/verbs/adopt.ts";
import { populate, registration } from "../../lib/seeds/mod.ts";
import type { Database } from "../../lib/servers/database.ts";
import { raw } from "../../lib/sql/statement.ts";
import { runScript, scriptTest } from "../tools/clients.ts";
import { graph, upgradeTo } from "../tools/migrations.ts";

/** The script of what would be done, which changes nothing. */
async function scriptOf<T>(connection: Database, verb: Verb<T>): Promise<string> {
  const { plan } = await work(connection, verb, { dryRun: true });
  return script(plan, connection.server, { generator: "test" }).join("");
}

scriptTest("a script of populate registers what populate would", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  const text = await scriptOf(connection, registration(graph, {}));
  const { changes } = await populate(connection, graph, { dryRun: true });
  assert.ok(changes.length > 0);
  assert.deepEqual(await runScript(database, text), { code: 0, stderr: "" });
  assert.deepEqual((await populate(connection, graph, { dryRun: true })).changes, []);
});

scriptTest("a script of populate is refused by a database elsewhere", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "044");
  const text = await scriptOf(connection, registration(graph, {}));
  await upgradeTo(connection, "045");
  const { code, stderr } = await runScript(database, text);
  assert.notEqual(code, 0);
  assert.match(stderr, /Stop: /);
});

scriptTest("a script of adopt repairs the schema and writes the row", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "007");
  for (const table of ["delayed_calls_v2", "alembic_version"]) {
    await connection.execute(raw(`DROP TABLE ${table}`));
  }
  const text = await scriptOf(connection, adoption(graph, { revision: "007" }));
  assert.equal(await currentVersions(connection), null);
  assert.deepEqual(await runScript(database, text), { code: 0, stderr: "" });
  assert.deepEqual(await currentVersions(connection), ["007"]);
  assert.deepEqual((await verify(connection, graph)).findings, []);
});
