/** A server that takes no changes is refused by name, before anything is planned. */
import assert from "node:assert/strict";
import { connect } from "../../lib/servers/connecting/connect.ts";
import { currentVersions } from "../../lib/engine/situation.ts";
import { upgradeTo } from "../tools/migrations.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";

databaseTest("sessions that are read-only are refused", async (_t, database) => {
  await using connection = await connect(
    `${database.url}?options=-c default_transaction_read_only=on`,
  );
  await assert.rejects(upgradeTo(connection, "002"), {
    message: "Cannot change the database: its sessions are read-only " +
      "(default_transaction_read_only); name the server that takes changes",
  });
  assert.equal(await currentVersions(connection), null);
}, { dialects: ["postgresql"] });

databaseTest("a replica is refused, but not for an administrator", async (_t, database) => {
  await using administrator = await database.connect();
  const user = `u${crypto.randomUUID().slice(0, 8)}`;
  await administrator.execute(raw(`CREATE USER '${user}'@'%' IDENTIFIED BY 'tell-nobody'`));
  await administrator.execute(raw(`GRANT ALL ON ${database.name}.* TO '${user}'@'%'`));
  await administrator.execute(raw("SET GLOBAL read_only = 1"));
  try {
    await using connection = await connect(database.url.replace(/\/\/[^:]*:/, `//${user}:`));
    await assert.rejects(upgradeTo(connection, "002"), {
      message:
        "Cannot change the database: the server is read-only (read_only), as a replica is; " +
        "name the server that takes changes",
    });
    assert.equal(await currentVersions(connection), null);
    const { to } = await upgradeTo(administrator, "002");
    assert.deepEqual(to, ["002"]);
    // Where nothing is to be done, nothing has to take changes.
    assert.deepEqual((await upgradeTo(connection, "002")).applied, []);
  } finally {
    await administrator.execute(raw("SET GLOBAL read_only = 0"));
    await administrator.execute(raw(`DROP USER '${user}'@'%'`));
  }
}, { dialects: ["mysql"] });

databaseTest("a link in the place of the lock is not followed", async (_t, database) => {
  await using connection = await database.connect();
  await connection.execute(raw("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"));
  const precious = `${database.name}.precious`;
  await Deno.writeTextFile(precious, "kept");
  await Deno.symlink(precious, `${database.name}.lock`);
  await assert.rejects(
    upgradeTo(connection, "002"),
    /\.lock is a link or no regular file; remove it/,
  );
  assert.equal(await Deno.readTextFile(precious), "kept");
}, { dialects: ["sqlite"] });
