/** The checks that inform of something, and those of a site's own revisions. */
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import { migrations } from "../../migrations/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { head, upgradeTo } from "../tools/migrations.ts";
import { assertFound, examined } from "./examined.ts";

databaseTest("a table that has rows, before an upgrade", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "019");
  assertFound(await examined(database), ["table-sizes", "success", /^No table has rows/]);
  assertFound(await examined(database), ["backup", "success", /^Make one .*: sqlite3 /]);
  await connection.execute(raw("INSERT INTO workbooks_v2 (id, name) VALUES ('w', 'n')"));
  assertFound(await examined(database), [
    "table-sizes",
    "success",
    /biggest: workbooks_v2 .*1 row/,
  ]);
}, { dialects: ["sqlite"] });

databaseTest("ids of own revisions that Mistral may use", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, head);
  const own = (id: string) => {
    const origin = { path: `/versions/${id}.ts`, checksum: id };
    return revisionGraph([...migrations, {
      ...migrations.at(-1)!,
      id,
      down: head,
      upgrade: [],
      origin,
    }]);
  };
  assertFound(await examined(database, { graph: own("site001") }), ["site-ids", "success", /will/]);
  assertFound(await examined(database, { graph: own("046") }), ["site-ids", "warning", /046 have/]);
}, { dialects: ["sqlite"] });
