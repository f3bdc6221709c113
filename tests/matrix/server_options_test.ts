/** Servers that are set up in an unusual way: every revision and the standard definitions all the same. */
import assert from "node:assert/strict";
import { currentVersions, upgrade } from "../../lib/engine/mod.ts";
import { populate } from "../../lib/seeds/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { freshDatabase, isAvailable } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema, upgradeTo } from "../tools/migrations.ts";
import { loadSampleRows } from "../tools/sample_rows.ts";
import { startOwn } from "../tools/servers/own_server.ts";

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "names of tables in lower case": ["--lower-case-table-names=1"],
  "names of tables that keep their case and are compared without": ["--lower-case-table-names=2"],
  "double quotes for names, backslashes that mean themselves": [
    "--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES",
  ],
  "no strictness at all": ["--sql-mode="],
  "no table without a primary key": ["--innodb-force-primary-key=1"],
  "utf8mb4 in all of it": [
    ...["--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci"],
  ],
  "a binary log of rows": ["--log-bin", "--binlog-format=ROW", "--server-id=1"],
  "autocommit off": ["--autocommit=0"],
};

for (const [name, more] of Object.entries(OPTIONS)) {
  Deno.test(`a server with ${name}`, { ignore: !isAvailable("mysql") }, async () => {
    await using server = await startOwn("mysql", { more });
    for (const direct of [true, false]) {
      await using database = await freshDatabase("mysql", { server: server.url });
      await using connection = await database.connect();
      if (!direct) {
        await upgradeTo(connection, "019");
        // The rows are in a file whose backslashes escape.
        await connection.execute(raw("SET @mode = @@sql_mode, SESSION sql_mode = ''"));
        await loadSampleRows(connection);
        await connection.execute(raw("SET SESSION sql_mode = @mode"));
      }
      await upgrade(connection, graph, "head", { direct });
      assert.deepEqual(await currentVersions(connection), [head]);
      assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
      await populate(connection, graph);
      assert.deepEqual((await populate(connection, graph)).changes, []);
    }
  });
}
