/** Rows that are written some at a time where the server commits each statement at once. */
import assert from "node:assert/strict";
import type { Database } from "../../lib/servers/database.ts";
import { rowsAtATime } from "../../lib/engine/batches.ts";
import { type EngineEvent, upgrade, type WorkOptions } from "../../lib/engine/mod.ts";
import { column, integer, isNull, string } from "../../lib/operations/columns.ts";
import { addColumn, deleteRows, execute, update } from "../../lib/operations/vocabulary.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import { raw } from "../../lib/sql/statement.ts";
import { migrations } from "../../migrations/mod.ts";
import { databaseTest, freshDatabase, type TestDatabase } from "../tools/databases.ts";
import { graph, ownAfter002, rowsOf, upgradeTo } from "../tools/migrations.ts";
import { insertSpecs, ODD_SPECS } from "../tools/sample_rows.ts";

const TASKS = ODD_SPECS.length;

/** A database at 019 with a task for each odd spec. */
async function prepared(database: TestDatabase): Promise<Database> {
  const connection = await database.connect();
  await upgradeTo(connection, "019");
  await insertSpecs(connection, ODD_SPECS);
  return connection;
}

/** Upgrades to 020 and gives the events. */
async function to020(connection: Database, options: WorkOptions) {
  const events: EngineEvent[] = [];
  await upgrade(connection, graph, "020", { ...options, onEvent: (event) => events.push(event) });
  return events;
}

databaseTest("in batches, the same rows come out and are counted", async (_t, database) => {
  await using whole = await prepared(database);
  const warnings = (events: readonly EngineEvent[]) =>
    events.filter(({ kind }) => kind === "warning");
  const expected = await to020(whole, {});
  for (const batchRows of [1, 3, TASKS, TASKS + 1]) {
    await using again = await freshDatabase("mysql");
    await using small = await prepared(again);
    const events = await to020(small, { batchRows });
    assert.deepEqual(warnings(events), warnings(expected));
    assert.deepEqual(
      await rowsOf(small, "task_executions_v2"),
      await rowsOf(whole, "task_executions_v2"),
      `${batchRows} rows`,
    );
    const progress = events.filter(({ kind }) => kind === "progress");
    // Two statements; the last part of each, which may be empty, is its end.
    assert.equal(progress.length, 2 * Math.floor(TASKS / batchRows));
  }
  assert.ok(warnings(expected).length > 0);
}, { dialects: ["mysql"] });

databaseTest("what a batch has done is kept, and begun again", async (_t, database) => {
  await using connection = await prepared(database);
  await using witness = await database.connect();
  const stop = new AbortController();
  const run = upgrade(connection, graph, "020", {
    batchRows: 2,
    signal: stop.signal,
    onEvent: ({ kind }) => {
      if (kind === "progress") stop.abort();
    },
  });
  await assert.rejects(run, { name: "AbortError" });
  const [seen] = await witness.query(
    raw("SELECT COUNT(*) AS changed FROM task_executions_v2 WHERE NOT type <=> 'ACTION'"),
  );
  assert.ok(Number(seen!.changed) > 0);
  await to020(connection, {});
  await using other = await freshDatabase("mysql");
  await using whole = await prepared(other);
  await to020(whole, {});
  assert.deepEqual(
    await rowsOf(connection, "task_executions_v2"),
    await rowsOf(whole, "task_executions_v2"),
  );
}, { dialects: ["mysql"] });

databaseTest("a site's statements on rows are made in batches", async (_t, database) => {
  await using connection = await database.connect();
  const own = ownAfter002(
    addColumn("environments_v2", column("site", string(10))),
    addColumn("environments_v2", column("kept", integer)),
    execute("UPDATE environments_v2 SET kept = 1 WHERE name LIKE 'k%'", {
      writes: "environments_v2",
      inBatches: true,
    }),
    execute("UPDATE environments_v2 SET kept = kept + 1 WHERE kept = 1"),
    deleteRows("environments_v2", [isNull("kept")]),
    update("environments_v2", { site: "here", description: "all" }),
  );
  await upgradeTo(connection, "002");
  const names = Array.from({ length: 50 }, (_, index) => `${index % 3 === 0 ? "k" : "x"}${index}`);
  const rows = names.map((name) => `('${name}', '${name}')`).join(", ");
  await connection.execute(raw(`INSERT INTO environments_v2 (id, name) VALUES ${rows}`));
  await upgrade(connection, revisionGraph([...migrations.slice(0, 2), own]), "own", {
    batchRows: 4,
  });
  const found = await connection.query(
    raw("SELECT name, kept, site, description FROM environments_v2 ORDER BY 1"),
  );
  const kept = names.filter((name) => name.startsWith("k")).toSorted();
  assert.deepEqual(
    found,
    kept.map((name) => ({ name, kept: 2, site: "here", description: "all" })),
  );
});

Deno.test("big rows make small batches", () => {
  const facts = (rows: number | null, bytes: number | null) => ({ rows, bytes, characterBytes: 4 });
  assert.equal(rowsAtATime(10_000, undefined), 10_000);
  assert.equal(rowsAtATime(10_000, facts(null, 5e9)), 10_000);
  assert.equal(rowsAtATime(10_000, facts(0, 0)), 10_000);
  // 1 kB a row, 1 MiB a row, 1 GiB a row.
  assert.equal(rowsAtATime(10_000, facts(1e6, 1e9)), 10_000);
  assert.equal(rowsAtATime(10_000, facts(1024, 2 ** 30)), 64);
  assert.equal(rowsAtATime(10_000, facts(1, 2 ** 30)), 1);
});
