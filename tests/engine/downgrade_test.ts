/** Taking databases back, and what was edited since they ran it. */
import assert from "node:assert/strict";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import { downgrade, stamp, upgrade, upgradeScript } from "../../lib/engine/mod.ts";
import { dialects } from "../tools/dialects.ts";
import type { Database } from "../../lib/servers/database.ts";
import { column, integer, string, text } from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import {
  addColumn,
  alterColumn,
  createTable,
  dropColumn,
  dropTable,
  dropUnique,
  execute,
  unique,
} from "../../lib/operations/vocabulary.ts";
import { type RevisionGraph, revisionGraph } from "../../lib/revisions/graph/graph.ts";
import type { Revision } from "../../lib/revisions/graph/migration.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { versionTable } from "../tools/prepared.ts";

function own(
  id: string,
  down: string | null,
  up: readonly Operation[],
  back?: readonly Operation[],
  checksum = id.padEnd(64, "0"),
): Revision {
  return {
    id,
    down,
    message: `step ${id}`,
    created: "2026-01-01T00:00:00Z",
    upgrade: up,
    ...(back ? { downgrade: back } : {}),
    origin: { path: `own/${id}.ts`, checksum },
  };
}

const TABLE = createTable("t", {
  columns: [column("id", integer, { nullable: false }), column("name", string(20))],
  primaryKey: ["id"],
});

const STEPS = [
  own("1", null, [TABLE], [dropTable("t")]),
  own("2", "1", [addColumn("t", column("note", text)), unique("t", ["name"])], [
    dropUnique("t", ["name"]),
    dropColumn("t", "note"),
  ]),
  own("3", "2", [alterColumn("t", "name", { type: string(40), nullable: false })], [
    alterColumn("t", "name", { type: string(20), nullable: true }),
  ]),
];

const graphOf = (...revisions: readonly Revision[]): RevisionGraph<Revision> =>
  revisionGraph(revisions);

const schemaOf = async (connection: Database) =>
  canonical(await connection.server.catalog.introspect(connection));

const rowsOf = (connection: Database) =>
  connection.query(raw("SELECT id, name FROM t ORDER BY id"));

databaseTest("back and forth the schema and the rows are as they were", async (_t, database) => {
  await using connection = await database.connect();
  const graph = graphOf(...STEPS);
  await upgrade(connection, graph, "1");
  await connection.execute(raw("INSERT INTO t (id, name) VALUES (1, 'a'), (2, 'b')"));
  const schemas = [await schemaOf(connection)];
  for (const id of ["2", "3"]) {
    await upgrade(connection, graph, id);
    schemas.push(await schemaOf(connection));
  }
  const rows = await rowsOf(connection);
  const events: string[] = [];
  for (const target of ["-1", "1"]) {
    const { to } = await downgrade(connection, graph, target, {
      onEvent: (event) => {
        if (event.kind === "downgrading") events.push(`${event.from} -> ${event.to.join()}`);
      },
    });
    assert.deepEqual(await versionTable(connection), to);
    assert.deepEqual(await schemaOf(connection), schemas[Number(to[0]) - 1]);
    assert.deepEqual(await rowsOf(connection), rows);
  }
  assert.deepEqual(events, ["3 -> 2", "2 -> 1"]);
  const { from, to, reverted } = await downgrade(connection, graph, "base");
  assert.deepEqual({ from, to, reverted }, { from: ["1"], to: [], reverted: ["1"] });
  assert.deepEqual(await schemaOf(connection), []);
  await upgrade(connection, graph, "head");
  assert.deepEqual(await schemaOf(connection), schemas[2]);
});

databaseTest("nothing is taken back when one on the way cannot be", async (_t, database) => {
  await using connection = await database.connect();
  const { downgrade: _, ...oneWay } = STEPS[1]!;
  const graph = graphOf(STEPS[0]!, oneWay, STEPS[2]!);
  await upgrade(connection, graph, "head");
  const before = await schemaOf(connection);
  await assert.rejects(downgrade(connection, graph, "1"), {
    name: "RefusedError",
    message:
      'Cannot revert revision "2": its migration has no "downgrade"; add one to own/2.ts, or ' +
      "restore the backup from before the upgrade",
  });
  assert.deepEqual(await schemaOf(connection), before);
  assert.deepEqual(await versionTable(connection), ["3"]);
});

databaseTest("a way back that fails says so and can be gone again", async (_t, database) => {
  await using connection = await database.connect();
  const back = [dropColumn("t", "note"), execute("SELECT nothing FROM nowhere")];
  const broken = own("2", "1", [addColumn("t", column("note", text))], back);
  const mended = { ...broken, downgrade: back.slice(0, 1) };
  await upgrade(connection, graphOf(STEPS[0]!, broken), "head");
  await assert.rejects(downgrade(connection, graphOf(STEPS[0]!, broken), "-1"), /nowhere/);
  assert.deepEqual(await versionTable(connection), ["2"]);
  await downgrade(connection, graphOf(STEPS[0]!, mended), "-1");
  assert.deepEqual(await versionTable(connection), ["1"]);
  const [table] = await schemaOf(connection);
  assert.deepEqual(table!.columns.map(({ name }) => name), ["id", "name"]);
});

databaseTest("what was edited since it ran is refused, up and down", async (_t, database) => {
  await using connection = await database.connect();
  await upgrade(connection, graphOf(...STEPS), "2");
  const [first, second, third] = STEPS;
  const edited = { ...first!, origin: { path: "own/1.ts", checksum: "f".repeat(64) } };
  const graph = graphOf(edited, second!, third!);
  const refusal = {
    name: "RefusedError",
    message: /^Cannot go on from revision "1": own\/1\.ts was/,
  };
  await assert.rejects(upgrade(connection, graph, "head"), refusal);
  await assert.rejects(downgrade(connection, graph, "-1"), refusal);
  assert.deepEqual(await versionTable(connection), ["2"]);
  // An operator who knows better may take it as it is.
  await stamp(connection, graph, "2");
  assert.deepEqual((await upgrade(connection, graph, "2")).applied, []);
  await stamp(connection, graphOf(...STEPS), "2");
  // What has not run yet may be edited.
  const later = { ...third!, origin: { path: "own/3.ts", checksum: "f".repeat(64) } };
  await upgrade(connection, graphOf(first!, second!, later), "head");
  // What was taken back may be edited, and run anew.
  await downgrade(connection, graphOf(first!, second!, later), "base");
  await upgrade(connection, graph, "head");
  assert.deepEqual(await versionTable(connection), ["3"]);
});

databaseTest("embedded revisions leave no trace but the version", async (_t, database) => {
  await using connection = await database.connect();
  const { origin: _, ...embedded } = STEPS[0]!;
  await upgrade(connection, graphOf(embedded), "head");
  const tables = await tableNames(connection);
  assert.deepEqual(tables.toSorted(), ["alembic_version", "t"]);
});

databaseTest("a script remembers what it ran as well", async (_t, database) => {
  await using connection = await database.connect();
  const options = { generator: "test", guard: false };
  const pieces = upgradeScript(graphOf(...STEPS), "head", dialects[database.dialect], options);
  for (const piece of pieces) {
    const statement = piece.trim().replace(/;$/, "");
    // Comments, and what only the native client understands.
    if (!/^(--|[\\.]|$)/.test(statement)) await connection.execute(raw(statement));
  }
  assert.deepEqual(await versionTable(connection), ["3"]);
  const edited = STEPS.map((step) => ({
    ...step,
    origin: { ...step.origin!, checksum: "f".repeat(64) },
  }));
  await assert.rejects(upgrade(connection, graphOf(...edited), "head"), /was edited after/);
  assert.deepEqual((await upgrade(connection, graphOf(...STEPS), "head")).applied, []);
});
