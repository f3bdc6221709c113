/** A schema that is created directly, against what the history makes revision by revision. */
import assert from "node:assert/strict";
import { type EngineEvent, upgrade } from "../../lib/engine/mod.ts";
import { migrations } from "../../migrations/mod.ts";
import { databaseTest, freshDatabase } from "../tools/databases.ts";
import { dump } from "../tools/dump.ts";
import { graph, upgradeTo } from "../tools/migrations.ts";
import { inParallel } from "../tools/steps.ts";

databaseTest("every schema created directly is that of the history", async (t, database) => {
  const expected = new Map<string, string>();
  await using connection = await database.connect();
  for (const { id } of migrations) {
    await upgradeTo(connection, "+1");
    expected.set(id, await dump(database));
  }
  await inParallel(
    t,
    migrations.map(({ id }, index) => ({
      name: id,
      fn: async () => {
        await using other = await freshDatabase(database.dialect);
        {
          await using session = await other.connect();
          const kinds: string[] = [];
          const onEvent = ({ kind }: EngineEvent) => kinds.push(kind);
          const { applied } = await upgrade(session, graph, id, { direct: true, onEvent });
          assert.deepEqual(applied, migrations.slice(0, index + 1).map((one) => one.id));
          // One revision has no history to leave out.
          assert.equal(kinds.includes("creating"), index > 0);
        }
        assert.equal(await dump(other), expected.get(id));
      },
    })),
  );
});
