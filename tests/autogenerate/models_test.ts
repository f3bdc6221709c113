/** The declared models against what the migrations make. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import { compareDeclared } from "../../lib/engine/drift/autogenerate.ts";
import { fold } from "../../lib/plan/fold.ts";
import { declare } from "../../lib/operations/declare.ts";
import { applyAll } from "../tools/operations.ts";
import { dropping } from "../../lib/schema/change.ts";
import { diff } from "../../lib/schema/diff/mod.ts";
import { migrations } from "../../migrations/mod.ts";
import { models } from "../../migrations/models/mod.ts";
import { databaseTest } from "../tools/databases.ts";
import { upgradeTo } from "../tools/migrations.ts";

for (const server of Object.values(dialects)) {
  Deno.test(`all migrations lead to the models (${server.rules.dialect})`, () => {
    const folded = fold(migrations, server.rules);
    const { schema, anyName } = declare(models, server.rules);
    assert.equal(schema.tables.size, 17);
    assert.deepEqual(diff(folded, schema, anyName), []);
    assert.deepEqual(diff(schema, folded, () => true), []);
  });

  Deno.test(`every column and key of the models counts (${server.rules.dialect})`, () => {
    const folded = fold(migrations, server.rules);
    const { schema, anyName } = declare(models, server.rules);
    for (const { name, columns, uniques, indexes, foreignKeys } of folded.tables.values()) {
      const dropped = [
        ...columns.filter((column) =>
          ![...uniques, ...indexes, ...foreignKeys].some((key) => key.columns.includes(column.name))
        ).map((column) => dropping(name, "columns", column)),
        ...uniques.map((key) => dropping(name, "uniques", key)),
        ...indexes.filter(({ implicit }) => !implicit)
          .map((key) => dropping(name, "indexes", key)),
        ...foreignKeys.map((key) => dropping(name, "foreignKeys", key)),
      ];
      for (const change of dropped) {
        const less = applyAll(folded, [change]);
        assert.ok(diff(less, schema, anyName).length > 0, JSON.stringify(change));
      }
    }
  });
}

databaseTest("a database at head has no difference from the models", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  const { live, declared } = await compareDeclared(
    connection,
    declare(models, dialects[database.dialect].rules),
  );
  assert.deepEqual(diff(live, declared.schema, declared.anyName), []);
});
