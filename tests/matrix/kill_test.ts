/**
 * Killed between any two statements, the same command run again ends as if nothing had happened. Tries
 * every boundary that is a multiple of `KILL_EVERY` (25 unless given), and prints how many it tried.
 */
import assert from "node:assert/strict";
import type { Connection, DialectName } from "../../lib/drivers/mod.ts";
import { currentVersions, upgrade } from "../../lib/engine/mod.ts";
import { databaseTest, freshDatabase, type TestDatabase } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema, rowsOf, upgradeTo } from "../tools/migrations.ts";
import { killedUpgrade } from "../tools/processes.ts";
import { loadSampleRows } from "../tools/sample_rows.ts";

const EVERY = Number(Deno.env.get("KILL_EVERY") ?? 25);

interface Scenario {
  readonly name: string;
  readonly direct: boolean;
  readonly prepare: (connection: Connection) => Promise<void>;
}

const SCENARIOS: readonly Scenario[] = [
  { name: "a fresh install", direct: true, prepare: async () => {} },
  { name: "every revision from nothing", direct: false, prepare: async () => {} },
  {
    name: "019 to head with rows",
    direct: false,
    prepare: async (connection) => {
      await upgradeTo(connection, "019");
      await loadSampleRows(connection);
    },
  },
];

async function prepared(dialect: DialectName, { prepare }: Scenario): Promise<TestDatabase> {
  const database = await freshDatabase(dialect);
  await using connection = await database.connect();
  await prepare(connection);
  return database;
}

/** All that a database has in the end, times aside. */
async function outcome(connection: Connection) {
  const schema = await liveSchema(connection);
  const rows: unknown[] = [];
  for (const { name } of schema) {
    const own = await rowsOf(connection, name);
    rows.push([name, own.map((row) => ({ ...row, created_at: 0, updated_at: 0 }))]);
  }
  return { schema, rows, versions: await currentVersions(connection) };
}

for (const scenario of SCENARIOS) {
  const { name, direct } = scenario;
  // There are fewer statements in it.
  const every = direct ? Math.ceil(EVERY / 5) : EVERY;
  databaseTest(`killed anywhere in ${name}, it converges`, async (_t, { dialect }) => {
    await using undisturbed = await prepared(dialect, scenario);
    await using whole = await undisturbed.connect();
    await upgrade(whole, graph, "head", { direct });
    const expected = await outcome(whole);
    assert.deepEqual(expected.schema, foldedSchema(whole, head));
    let tried = 0;
    for (let boundary = 0;; boundary += every) {
      await using database = await prepared(dialect, scenario);
      if (!await killedUpgrade(database, "head", boundary, direct)) break;
      await using connection = await database.connect();
      await upgrade(connection, graph, "head", { direct });
      assert.deepEqual(await outcome(connection), expected, `after ${boundary} statements`);
      tried++;
    }
    assert.ok(tried > 1);
    console.log(`${dialect}, ${name}: ${tried} points tried, ${tried} converged`);
  });
}
