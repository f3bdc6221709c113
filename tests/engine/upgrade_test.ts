/** Bringing a database forward: what is refused, what is rolled back, and what is told. */
import assert from "node:assert/strict";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import { dialects } from "../tools/dialects.ts";
import type { Database } from "../../lib/servers/database.ts";
import { currentVersions, type EngineEvent, stamp, upgrade } from "../../lib/engine/mod.ts";
import { column, integer } from "../../lib/operations/columns.ts";
import { addColumn, createTable, execute, index } from "../../lib/operations/vocabulary.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import type { Revision } from "../../lib/revisions/graph/migration.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema, upgradeTo } from "../tools/migrations.ts";
import { sessionWith } from "../tools/sessions.ts";

/** Everything that a run could change: tables, their schema, and the rows of the version table. */
async function stateOf(connection: Database) {
  const server = connection.server;
  return {
    names: (await tableNames(connection)).toSorted(),
    schema: canonical(await server.catalog.introspect(connection)),
    versions: await currentVersions(connection),
  };
}

/** The run is refused in these words, and changes nothing. */
async function assertRefused(
  connection: Database,
  run: () => Promise<unknown>,
  ...words: readonly RegExp[]
): Promise<void> {
  const before = await stateOf(connection);
  await assert.rejects(run(), (error: Error) => {
    assert.match(error.name, /^(Operator|Refused|Revision)Error$/);
    for (const word of words) assert.match(error.message, word);
    return true;
  });
  assert.deepEqual(await stateOf(connection), before);
}

const execTexts = async (connection: Database, ...texts: readonly string[]) => {
  for (const text of texts) await connection.execute(raw(text));
};

databaseTest("currentVersions tells where a database stands", async (_t, database) => {
  await using connection = await database.connect();
  assert.equal(await currentVersions(connection), null);
  assert.deepEqual(await tableNames(connection), []);
  await upgradeTo(connection, "002");
  assert.deepEqual(await currentVersions(connection), ["002"]);
  await execTexts(connection, "INSERT INTO alembic_version VALUES ('001')");
  assert.deepEqual(await currentVersions(connection), ["001", "002"]);
  await execTexts(connection, "DELETE FROM alembic_version");
  assert.deepEqual(await currentVersions(connection), []);
});

databaseTest("a version table with no row is refused where tables are", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "025");
  await execTexts(connection, "DELETE FROM alembic_version");
  await assertRefused(
    connection,
    () => upgradeTo(connection, "head"),
    /^Cannot upgrade: the database has tables of Mistral \(.*workbooks_v2/,
    /look like revision 025.*"stamp 025"/,
  );
  await execTexts(connection, "DROP TABLE alembic_version");
  await assertRefused(connection, () => upgradeTo(connection, "head"), /"stamp 025"/);
  await execTexts(connection, "ALTER TABLE workbooks_v2 ADD site INT");
  await assertRefused(connection, () => upgradeTo(connection, "head"), /run "adopt"/);
  await stamp(connection, graph, "025");
  assert.deepEqual((await upgradeTo(connection, "head")).to, [head]);
});

databaseTest("an unstamped 001 is refused too", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "001");
  await execTexts(connection, "DROP TABLE alembic_version");
  await assertRefused(connection, () => upgradeTo(connection, "head"), /"stamp 001"/);
});

databaseTest("tables of other programs are no hindrance", async (_t, database) => {
  await using connection = await database.connect();
  await execTexts(
    connection,
    "CREATE TABLE other (id INT PRIMARY KEY)",
    "INSERT INTO other VALUES (7)",
  );
  await upgradeTo(connection, "head");
  assert.deepEqual((await connection.query(raw("SELECT id FROM other"))).length, 1);
});

databaseTest("a revision that is not known is refused", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "002");
  await execTexts(connection, "UPDATE alembic_version SET version_num = '099'");
  await assertRefused(connection, () => upgradeTo(connection, "head"), /099/);
  await assertRefused(connection, () => stamp(connection, graph, "002"), /099/);
});

databaseTest("two rows in the version table are not made worse", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "003");
  await execTexts(connection, "INSERT INTO alembic_version VALUES ('002')");
  await assertRefused(connection, () => upgradeTo(connection, "head"), /002|003/);
});

databaseTest("a row that somebody else changes is noticed", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "003");
  await using other = await database.connect();
  let meddling = Promise.resolve();
  const held = sessionWith(connection, {
    execute: async (statement) => {
      await meddling;
      return await connection.execute(statement);
    },
  });
  const onEvent = ({ kind }: EngineEvent) => {
    if (kind !== "running") return;
    meddling = execTexts(other, "UPDATE alembic_version SET version_num = '001'");
  };
  await assert.rejects(upgrade(held, graph, "004", { onEvent }), /alembic_version/);
}, { dialects: ["postgresql", "mysql"] });

databaseTest("stamp changes the version table and nothing else", async (_t, database) => {
  await using connection = await database.connect();
  const events: EngineEvent[] = [];
  const onEvent = (event: EngineEvent) => events.push(event);
  assert.deepEqual(await stamp(connection, graph, "041", { onEvent }), { from: [], to: ["041"] });
  const [planned, ...others] = events;
  assert.equal(planned?.kind, "planned");
  assert.deepEqual(others, [{ kind: "stamped", from: [], to: ["041"] }]);
  assert.deepEqual(await stamp(connection, graph, "010"), { from: ["041"], to: ["010"] });
  assert.deepEqual(await stamp(connection, graph, "base"), { from: ["010"], to: [] });
  assert.deepEqual(await tableNames(connection), ["alembic_version"]);
  await assertRefused(connection, () => stamp(connection, graph, "nowhere"), /nowhere/);
});

databaseTest("an older or equal target changes nothing", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "003");
  const before = await stateOf(connection);
  for (const target of ["003", "002"]) {
    const { applied, from, to } = await upgradeTo(connection, target);
    assert.deepEqual({ applied, from, to }, { applied: [], from: ["003"], to: ["003"] });
  }
  assert.deepEqual(await stateOf(connection), before);
});

const revision = (id: string, down: string | null, upgrade: Revision["upgrade"]): Revision => ({
  id,
  down,
  message: `step ${id}`,
  created: "2026-01-01T00:00:00Z",
  upgrade,
});

/** The third migration fails after its first step. */
const failing = revisionGraph<Revision>([
  revision("a1", null, [createTable("t", { columns: [column("id", integer)] })]),
  revision("a2", "a1", [addColumn("t", column("a", integer))]),
  revision("a3", "a2", [
    addColumn("t", column("b", integer)),
    execute("INSERT INTO nowhere VALUES (1)"),
    index("i", "t", ["b"]),
  ]),
]);

const columnsOf = async (connection: Database, table: string) =>
  (await liveSchema(connection)).find(({ name }) => name === table)?.columns.map(({ name }) =>
    name
  );

databaseTest("a migration that fails says how far it got", async (_t, database) => {
  await using connection = await database.connect();
  await assert.rejects(upgrade(connection, failing, "a3"), (error: Error) => {
    assert.equal(error.name, "OperatorError");
    const [first, second, last, ...more] = error.message.split("\n");
    assert.match(first!, new RegExp(`^Cannot apply a3 on ${database.dialect}: .*nowhere`));
    assert.equal(second, "  INSERT INTO nowhere VALUES (1)");
    const done = database.dialect === "mysql" ? "a1 to a2 and 1 of 3 steps of a3" : "a1 to a2";
    assert.equal(
      last,
      `  Done before the failure: ${done}; remove the cause and run the same command again to continue`,
    );
    assert.deepEqual(more, []);
    return true;
  });
  assert.deepEqual(await currentVersions(connection), ["a2"]);
  const kept = database.dialect === "mysql" ? ["id", "a", "b"] : ["id", "a"];
  assert.deepEqual(await columnsOf(connection, "t"), kept);
  const again = database.dialect === "mysql" ? /failure: 1 of 3 steps of a3;/ : /failure: nothing;/;
  await assert.rejects(upgrade(connection, failing, "a3"), again);
  await execTexts(connection, "CREATE TABLE nowhere (id INT)");
  assert.deepEqual((await upgrade(connection, failing, "a3")).applied, ["a3"]);
  assert.deepEqual(await columnsOf(connection, "t"), ["id", "a", "b"]);
});

databaseTest("a version row that is refused says how far it got", async (_t, database) => {
  await using connection = await database.connect();
  await upgrade(connection, failing, "a1");
  await execTexts(connection, "ALTER TABLE alembic_version ADD CHECK (version_num <> 'a2')");
  const refusal = (what: string, kept: string) =>
    new RegExp(
      `Cannot ${what} on .*\n {2}UPDATE alembic_version .*\n {2}${kept}; remove the cause`,
    );
  const done = database.dialect === "mysql" ? "1 of 1 steps of a2" : "nothing";
  const upgraded = upgrade(connection, failing, "a2");
  await assert.rejects(upgraded, refusal("apply a2", `Done before the failure: ${done}`));
  const stamped = stamp(connection, failing, "a2");
  // Each row of a stamp is for itself where the server has no transactions around it.
  const kept = database.dialect === "mysql"
    ? "Done before the failure: nothing"
    : "Nothing of this run was kept";
  await assert.rejects(stamped, refusal("stamp a2", kept));
}, { dialects: ["postgresql", "mysql"] });

databaseTest("nothing is kept of a single transaction that fails", async (_t, database) => {
  await using connection = await database.connect();
  const run = upgrade(connection, failing, "a3", { singleTransaction: true });
  await assert.rejects(run, /Nothing of this run was kept; remove the cause/);
  assert.deepEqual(await tableNames(connection), []);
}, { dialects: ["postgresql", "sqlite"] });

databaseTest("a single transaction holds the whole run", async (_t, database) => {
  await using connection = await database.connect();
  const { to } = await upgrade(connection, graph, "head", { singleTransaction: true });
  assert.deepEqual(to, [head]);
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
});

databaseTest("a run stops between two statements", async (_t, database) => {
  await using connection = await database.connect();
  const abort = new AbortController();
  const run = upgrade(connection, graph, "head", {
    signal: abort.signal,
    onEvent: (event) => {
      if (event.kind === "statement" && event.revision === "013") abort.abort(new Error("enough"));
    },
  });
  await assert.rejects(run, /enough/);
  assert.deepEqual(await currentVersions(connection), ["012"]);
  if (database.dialect !== "mysql") {
    assert.deepEqual(await liveSchema(connection), foldedSchema(connection, "012"));
  }
  await upgradeTo(connection, "head");
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
});

databaseTest(
  "the version table is made under the lock, before anything else",
  async (_t, database) => {
    await using connection = await database.connect();
    await using other = await database.connect();
    const held = await dialects[database.dialect].locks.lock(other, { timeoutSeconds: 0 });
    await assert.rejects(upgrade(connection, graph, "head", { lockTimeoutSeconds: 0 }));
    await assert.rejects(stamp(connection, graph, "head", { lockTimeoutSeconds: 0 }));
    assert.deepEqual(await tableNames(connection), []);
    await held[Symbol.asyncDispose]();
  },
);

databaseTest("the version table is Alembic's", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "001");
  const long = "x".repeat(32);
  await execTexts(connection, `INSERT INTO alembic_version VALUES ('${long}')`);
  await assert.rejects(execTexts(connection, `INSERT INTO alembic_version VALUES ('${long}')`));
  await assert.rejects(execTexts(connection, `INSERT INTO alembic_version VALUES (NULL)`));
});

databaseTest("events tell of every migration in order", async (_t, database) => {
  await using connection = await database.connect();
  const events: EngineEvent[] = [];
  await upgrade(connection, graph, "003", { onEvent: (event) => events.push(event) });
  const running = events.filter((event) => event.kind === "running");
  assert.deepEqual(running.map(({ from, to, position, total }) => [from, to, position, total]), [
    [[], "001", 1, 3],
    [["001"], "002", 2, 3],
    [["002"], "003", 3, 3],
  ]);
  const applied = events.filter((event) => event.kind === "applied");
  assert.deepEqual(applied.map((event) => event.revision), ["001", "002", "003"]);
  assert.equal(events.at(-1)!.kind, "applied");
});
