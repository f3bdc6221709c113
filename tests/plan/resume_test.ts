/** Law 6: killed anywhere, the same command run again finishes, and the result is the same. */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { tableNames } from "../../lib/servers/reading/table_names.ts";
import { dialects } from "../tools/dialects.ts";
import type { Database } from "../../lib/servers/database.ts";
import { upgrade } from "../../lib/engine/mod.ts";
import { withFills } from "../../lib/operations/fill.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { fold, foldedSituation, stepsOf } from "../../lib/plan/fold.ts";
import { planUpgrade } from "../../lib/plan/upgrade.ts";
import { createVersionTable } from "../../lib/plan/records/version_table.ts";
import {
  addColumn,
  dropColumn,
  dropTable,
  dropUnique,
  execute,
  unique,
} from "../../lib/operations/vocabulary.ts";
import { column, string } from "../../lib/operations/columns.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { applyEach, schemaAfter } from "../../lib/schema/apply.ts";
import { emptySchema, type SchemaState } from "../../lib/schema/schema.ts";
import { raw, type Row, type Statement } from "../../lib/sql/statement.ts";
import { migrations } from "../../migrations/mod.ts";
import { databaseTest, freshDatabase, isAvailable } from "../tools/databases.ts";
import {
  foldedSchema,
  graph,
  head,
  liveSchema,
  ownAfter002,
  upgradeTo,
} from "../tools/migrations.ts";
import { killed } from "../tools/processes.ts";
import { randomFrom, seedOf } from "../tools/random.ts";

const { mysql } = dialects;

async function executeAll(connection: Database, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await connection.execute(statement);
}

/** Makes the tables as they are, without the history that led to them. */
async function createTables(connection: Database, { tables }: SchemaState): Promise<void> {
  const changes = [...tables.values()].map((table) => ({ kind: "createTable", table }) as const);
  const steps = mysql.spelling.compile(applyEach(emptySchema, changes));
  await connection.execute(raw("SET foreign_key_checks = 0"));
  await executeAll(connection, steps.flatMap(({ statements }) => statements));
  await connection.execute(raw("SET foreign_key_checks = 1"));
}

/** Rows that some migration changes, moves or deletes. */
const ROWS: Readonly<Record<string, string>> = {
  delayed_calls_v2: `(id, target_method_name, execution_time) VALUES ('a', 'run', '2020-01-01')`,
  workbooks_v2: `(id, name) VALUES ('a', 'w')`,
  workflow_definitions_v2: `(id, name) VALUES ('a', 'w')`,
  task_executions_v2: `(id, spec) VALUES ('a', '{"workflow": 1}'), ('b', '{}'), ('c', NULL)`,
  action_executions_v2: `(id, workflow_name) VALUES ('a', 'w'), ('b', '')`,
  mistral_metrics: `(id, name, value) VALUES (1, 'maintenance_status', 'PAUSED')`,
};

async function insertRows(connection: Database, { tables }: SchemaState): Promise<void> {
  await connection.execute(raw("SET SESSION sql_mode = ''"));
  for (const [table, rows] of Object.entries(ROWS)) {
    if (tables.has(table)) await connection.execute(raw(`INSERT INTO ${table} ${rows}`));
  }
  await connection.execute(raw("SET SESSION sql_mode = DEFAULT"));
}

/** All rows; when they were written makes no difference. */
async function allRows(connection: Database): Promise<Record<string, readonly Row[]>> {
  const rows: Record<string, readonly Row[]> = {};
  for (const table of await tableNames(connection)) {
    const found = await connection.query(raw(`SELECT * FROM ${table}`));
    const sorted = found.toSorted((left, right) => String(left.id) < String(right.id) ? -1 : 1);
    rows[table] = sorted.map((row) => ({ ...row, created_at: null, updated_at: null }));
  }
  return rows;
}

/** What a run comes to that takes the migration up after so many steps of some operations. */
async function takenUp(position: number, operations: readonly Operation[], done: number) {
  await using database = await freshDatabase("mysql");
  await using connection = await database.connect();
  const revision = migrations[position]!;
  const before = fold(migrations.slice(0, position), mysql.rules);
  const steps = stepsOf(operations, before, mysql);
  await createTables(connection, before);
  if (done === 0) assert.deepEqual(await liveSchema(connection), canonical(before));
  await insertRows(connection, before);
  await connection.execute(createVersionTable);
  if (revision.down !== null) {
    await connection.execute(raw(`INSERT INTO alembic_version VALUES ('${revision.down}')`));
  }
  await executeAll(connection, steps.slice(0, done).flatMap(({ statements }) => statements));
  const { applied } = await upgradeTo(connection, revision.id);
  assert.deepEqual(applied, [revision.id]);
  const after = schemaAfter(before, steps.flatMap(({ changes }) => changes));
  assert.deepEqual(await liveSchema(connection), canonical(after));
  return { rows: await allRows(connection), of: steps.length };
}

/** Upstream's tool fills new columns with an UPDATE; this program fills most as they are added. */
function formsOf(upgrade: readonly Operation[]): Readonly<Record<string, readonly Operation[]>> {
  const own = withFills(upgrade, mysql.rules);
  const isFilled = !isDeepStrictEqual(own, upgrade);
  return { "its own steps": own, ...(isFilled ? { "its steps with updates": upgrade } : {}) };
}

for (const [position, { id, upgrade }] of migrations.entries()) {
  for (const [form, operations] of Object.entries(formsOf(upgrade))) {
    Deno.test({
      name: `${id} is taken up after each of ${form} (mysql)`,
      ignore: !isAvailable("mysql"),
      fn: async () => {
        const { rows, of } = await takenUp(position, operations, 0);
        for (let done = 1; done <= of; done++) {
          const { rows: found } = await takenUp(position, operations, done);
          assert.deepEqual(found, rows, `after ${done} of ${of} steps`);
        }
      },
    });
  }
}

databaseTest("a schema created directly is taken up after each step", async (_t, database) => {
  const options = { direct: true };
  const { dialect } = database;
  const { migrations: [creation] } = planUpgrade(
    graph,
    "head",
    foldedSituation(graph, [], mysql),
    mysql,
    options,
  );
  const { steps } = creation!;
  assert.ok(steps.length > 20);
  for (let done = 0; done <= steps.length; done++) {
    await using database = await freshDatabase(dialect);
    await using connection = await database.connect();
    await connection.execute(createVersionTable);
    await executeAll(connection, steps.slice(0, done).flatMap(({ statements }) => statements));
    const { applied } = await upgrade(connection, graph, "head", options);
    assert.equal(applied.length, migrations.length);
    assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
    const { mistral_metrics } = await allRows(connection);
    assert.deepEqual(mistral_metrics!.map(({ name, value }) => [name, value]), [
      ["maintenance_status", "RUNNING"],
    ]);
  }
}, { dialects: ["mysql"] });

databaseTest("a database that holds anything is upgraded step by step", async (_t, database) => {
  await using connection = await database.connect();
  await connection.execute(raw("CREATE TABLE of_a_site (id INTEGER PRIMARY KEY)"));
  const kinds = new Set<string>();
  await upgrade(connection, graph, "head", {
    direct: true,
    onEvent: ({ kind }) => kinds.add(kind),
  });
  assert.deepEqual([kinds.has("running"), kinds.has("creating")], [true, false]);
});

const KILLS = 3;

/** Fewer than the whole history has on any database. */
const STATEMENTS = 120;

databaseTest("killed anywhere, the same command finishes", async (_t, database) => {
  const seed = seedOf("TEST_SEED");
  const random = randomFrom(seed);
  const kills = Array.from({ length: KILLS }, () => random(STATEMENTS / KILLS));
  for (const after of kills) {
    assert.ok(await killed("every revision from nothing", database, after));
  }
  await using connection = await database.connect();
  const { to } = await upgradeTo(connection, "head");
  assert.deepEqual(to, [head]);
  const message = `TEST_SEED=${seed}: killed after ${kills.join(", ")} statements`;
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head), message);
});

databaseTest("what a site has added does not hide where a run stopped", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "021");
  const table = "workflow_definitions_v2";
  await connection.execute(raw(`ALTER TABLE ${table} ADD site INT, ADD INDEX site (site, scope)`));
  const position = migrations.findIndex(({ id }) => id === "022");
  const [first] = stepsOf(
    migrations[position]!.upgrade,
    fold(migrations.slice(0, position), mysql.rules),
    mysql,
  );
  await executeAll(connection, first!.statements);
  await upgradeTo(connection, "022");
  const made = (await mysql.catalog.introspect(connection)).tables.get(table)!;
  assert.ok(made.columns.some(({ name }) => name === "namespace"));
  assert.ok(made.indexes.some(({ name }) => name === "site"));
}, { dialects: ["mysql"] });

databaseTest("rows are not taken for changed because the schema is", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "002");
  await connection.execute(raw("INSERT INTO environments_v2 (id, name) VALUES ('a', 'e')"));
  // By hand, or by a run that has made the first statement as well: nobody can tell.
  await connection.execute(raw("ALTER TABLE environments_v2 ADD site VARCHAR(9) NULL"));
  const own = ownAfter002(
    execute("UPDATE environments_v2 SET description = 'seen'", { writes: "environments_v2" }),
    addColumn("environments_v2", column("site", string(9))),
  );
  await upgrade(connection, revisionGraph([...migrations.slice(0, 2), own]), "own");
  const rows = await connection.query(raw("SELECT id, description FROM environments_v2"));
  assert.deepEqual(rows, [{ id: "a", description: "seen" }]);
}, { dialects: ["mysql"] });

/** A database that has run the schema changes of a site's migration, and maybe what comes between them. */
async function withChangesMade(connection: Database, ...statements: readonly string[]) {
  await upgradeTo(connection, "002");
  await connection.execute(
    raw(
      "INSERT INTO environments_v2 (id, name, variables) VALUES ('a', 'e', '{}'), ('b', 'f', '{}')",
    ),
  );
  for (const statement of statements) await connection.execute(raw(statement));
}

const AGAIN: readonly (readonly [string, readonly string[] | undefined, string | null])[] = [
  ["that needs nothing that is gone", [], "again"],
  ["that needs a column that is gone", ["environments_v2.variables"], null],
  ["that needs a table that is gone", ["delayed_calls_v2"], null],
  ["that does not say what it needs, where a column is gone", undefined, null],
];

for (const [sql, reads, description] of AGAIN) {
  databaseTest(`SQL ${sql} is ${description ? "" : "not "}made again`, async (_t, database) => {
    await using connection = await database.connect();
    await withChangesMade(
      connection,
      "ALTER TABLE environments_v2 DROP COLUMN variables",
      "DROP TABLE delayed_calls_v2",
    );
    const own = ownAfter002(
      execute("UPDATE environments_v2 SET description = 'again'", {
        writes: "environments_v2",
        ...(reads ? { reads } : {}),
      }),
      dropColumn("environments_v2", "variables"),
      dropTable("delayed_calls_v2"),
    );
    await upgrade(connection, revisionGraph([...migrations.slice(0, 2), own]), "own");
    const rows = await connection.query(raw("SELECT DISTINCT description FROM environments_v2"));
    assert.deepEqual(rows, [{ description }]);
  }, { dialects: ["mysql"] });
}

databaseTest(
  "a key that goes and comes back is not taken for back before it goes",
  async (_t, database) => {
    await using connection = await database.connect();
    await withChangesMade(connection, "ALTER TABLE environments_v2 ADD site VARCHAR(9) NULL");
    const own = ownAfter002(
      addColumn("environments_v2", column("site", string(9))),
      dropUnique("environments_v2", ["name", "project_id"]),
      execute("UPDATE environments_v2 SET name = 'same', project_id = 'same'"),
      execute("UPDATE environments_v2 SET name = id"),
      unique("environments_v2", ["name", "project_id"]),
    );
    await upgrade(connection, revisionGraph([...migrations.slice(0, 2), own]), "own");
    const rows = await connection.query(
      raw("SELECT name, project_id FROM environments_v2 ORDER BY name"),
    );
    assert.deepEqual(rows, [{ name: "a", project_id: "same" }, { name: "b", project_id: "same" }]);
  },
  { dialects: ["mysql"] },
);

databaseTest("what is neither before nor after is named", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "021");
  const table = "workflow_definitions_v2";
  await connection.execute(raw(`ALTER TABLE ${table} ADD namespace INT, DROP KEY name`));
  const before = await liveSchema(connection);
  await assert.rejects(upgradeTo(connection, "022"), (error: Error) => {
    assert.match(error.message, /neither as 022 expects it nor on the way to 022/);
    assert.match(error.message, /column "namespace" of table "workflow_definitions_v2"/);
    assert.match(error.message, /Nothing was changed/);
    return true;
  });
  assert.deepEqual(await liveSchema(connection), before);
}, { dialects: ["mysql"] });

databaseTest("a schema that no migration leaves is not taken for one", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "021");
  // 022 adds this column, but to the text of 255 characters.
  await connection.execute(raw("ALTER TABLE workflow_definitions_v2 ADD namespace INT"));
  const before = await liveSchema(connection);
  await assert.rejects(upgradeTo(connection, "022"), {
    name: "OperatorError",
    message: /"namespace".*workflow_definitions_v2.*already there/,
  });
  assert.deepEqual(await liveSchema(connection), before);
}, { dialects: ["mysql"] });
