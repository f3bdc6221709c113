/** Populate on real databases. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Database } from "../../lib/servers/database.ts";
import { fold } from "../../lib/plan/fold.ts";
import { stamp, upgrade } from "../../lib/engine/mod.ts";
import { populate, type PopulateOptions } from "../../lib/seeds/mod.ts";
import { raw, type Row, sql } from "../../lib/sql/statement.ts";
import { migrations } from "../../migrations/mod.ts";
import { databaseTest } from "../tools/databases.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { graph, rowsOf, upgradeTo } from "../tools/migrations.ts";

const ACTIONS = "action_definitions_v2";
const WORKFLOWS = "workflow_definitions_v2";

const run = (connection: Database, options?: PopulateOptions) =>
  populate(connection, graph, options);

/** Changes in a few words. */
async function changesOf(connection: Database, options?: PopulateOptions) {
  const { changes } = await run(connection, options);
  return changes.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`);
}

const allRows = async (connection: Database) => ({
  actions: await rowsOf(connection, ACTIONS),
  workflows: await rowsOf(connection, WORKFLOWS),
});

async function rowNamed(connection: Database, table: string, name: string): Promise<Row> {
  const rows = await connection.query(sql`SELECT * FROM ${raw(table)} WHERE name = ${name}`);
  assert.equal(rows.length, 1, `rows with the name ${name}`);
  return rows[0]!;
}

/** Adds a row; what is not given is as for a system workflow or action of the standard project. */
async function insert(connection: Database, table: string, values: Row): Promise<void> {
  const all: Row = {
    id: crypto.randomUUID(),
    project_id: "<default-project>",
    scope: "public",
    is_system: true,
    ...values,
  };
  const columns = Object.keys(all);
  await connection.execute({
    parts: [
      `INSERT INTO ${table} (${columns.join(", ")}) VALUES (`,
      ...columns.slice(1).map(() => ", "),
      ")",
    ],
    values: Object.values(all),
  });
}

function assertNow(value: unknown): void {
  assert.match(String(value), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  const age = Date.now() - Date.parse(`${String(value).replace(" ", "T")}Z`);
  assert.ok(age > -2_000 && age < 60_000, `"${value}" is not now, in UTC`);
}

const UUID4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** The text of a specification as Python writes it. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  return `{${entries.map(([key, part]) => `"${key}": ${pythonJson(part)}`).join(", ")}}`;
}

/** What does not stand in the reference: ids, times, texts of our own, and how booleans look. */
function assertOwn(row: Row): void {
  assert.match(String(row.id), UUID4);
  assertNow(row.created_at);
  assert.equal(row.updated_at, null);
  assert.ok(String(row.definition).includes(`\n${row.name}:\n`));
}

databaseTest("at head, the rows are the reference's", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  await run(connection);
  const reference = await jsonFixture<Record<string, readonly Row[]>>("populate/rows-at-head.json");
  for (const table of [ACTIONS, WORKFLOWS]) {
    const rows = (await rowsOf(connection, table)).toSorted((a, b) =>
      String(a.name) < String(b.name) ? -1 : 1
    );
    assert.equal(rows.length, reference[table]!.length);
    for (const [index, expected] of reference[table]!.entries()) {
      const row = rows[index]!;
      assertOwn(row);
      for (const [column, value] of Object.entries(expected)) {
        const found = row[column];
        if (column === "spec") assert.equal(found, pythonJson(value));
        else if (column === "description") assert.ok(String(found).length > 10);
        else if (column === "is_system") assert.equal(Boolean(found), value);
        else assert.equal(found, value, column);
      }
      if ("checksum" in row) {
        assert.equal(row.checksum, createHash("md5").update(String(row.definition)).digest("hex"));
      }
    }
  }
});

databaseTest("what is right is not written to", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  await run(connection);
  const before = await allRows(connection);
  const { changes, upToDate } = await run(connection);
  assert.deepEqual([changes, upToDate.length], [[], 3]);
  assert.deepEqual(await allRows(connection), before);
});

databaseTest("populate_actions leaves workflows alone", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  assert.deepEqual(await changesOf(connection, { kinds: ["action"] }), ["add action std.wait_ssh"]);
  assert.deepEqual(await rowsOf(connection, WORKFLOWS), []);
});

databaseTest("a row that was edited is put right in place", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  await run(connection);
  const before = await allRows(connection);
  for (const table of [ACTIONS, WORKFLOWS]) {
    await connection.execute(
      sql`UPDATE ${raw(table)} SET definition = ${"edited"}, is_system = ${
        table === ACTIONS
      }, scope = ${"private"} WHERE name <> ${"delete_instance"}`,
    );
  }
  assert.deepEqual(await changesOf(connection), [
    "change action std.wait_ssh",
    "change workflow create_instance",
  ]);
  const after = await allRows(connection);
  const timeless = (rows: readonly Row[]) =>
    rows.map((row) => {
      if (row.name !== "delete_instance") assertNow(row.updated_at);
      return { ...row, updated_at: null };
    });
  assert.deepEqual(timeless(after.actions), before.actions);
  assert.deepEqual(timeless(after.workflows), before.workflows);
});

databaseTest(
  "a system action of that name, and one without a namespace, are taken up",
  async (_t, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "head");
    await insert(connection, ACTIONS, { id: "x", name: "std.wait_ssh", namespace: null });
    assert.deepEqual(await changesOf(connection), [
      "change action std.wait_ssh",
      "add workflow create_instance",
      "add workflow delete_instance",
    ]);
    const { id, is_system, namespace } = await rowNamed(connection, ACTIONS, "std.wait_ssh");
    assert.deepEqual([id, Boolean(is_system), namespace], ["x", false, ""]);
  },
);

/** A cron and an event trigger that point at a workflow. */
async function addTriggers(connection: Database, workflow: string): Promise<void> {
  await connection.execute(
    sql`INSERT INTO cron_triggers_v2 (id, name, next_execution_time, workflow_id)
    VALUES (${"c"}, ${"cron"}, ${"2030-01-01 00:00:00"}, ${workflow})`,
  );
  await connection.execute(
    sql`INSERT INTO event_triggers_v2 (id, name, workflow_id, exchange, topic, event)
    VALUES (${"e"}, ${"event"}, ${workflow}, ${"x"}, ${"t"}, ${"v"})`,
  );
}

databaseTest("triggers go on pointing at system workflows", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "034");
  await run(connection);
  const { id } = await rowNamed(connection, WORKFLOWS, "std.create_instance");
  await addTriggers(connection, String(id));
  await insert(connection, WORKFLOWS, { id: "site", name: "site.wf" });
  await upgradeTo(connection, "head");
  const { changes } = await run(connection);
  const renamed = changes.filter(({ kind }) => kind === "workflow");
  assert.deepEqual(
    renamed.map((change) => "before" in change ? [change.before, change.name] : change),
    [
      ["std.create_instance", "create_instance"],
      ["std.delete_instance", "delete_instance"],
    ],
  );
  assert.equal((await rowNamed(connection, WORKFLOWS, "create_instance")).id, id);
  for (const table of ["cron_triggers_v2", "event_triggers_v2"]) {
    assert.deepEqual((await rowsOf(connection, table)).map((row) => row.workflow_id), [id]);
  }
  const names = (await rowsOf(connection, WORKFLOWS)).map(({ name }) => name);
  assert.deepEqual(names.toSorted(), ["create_instance", "delete_instance", "site.wf"]);
});

databaseTest("rows of other projects stay as they are", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  const theirs = { is_system: false, namespace: "" };
  await insert(connection, ACTIONS, {
    ...theirs,
    id: "a",
    name: "std.wait_ssh",
    project_id: "p",
    scope: "private",
  });
  await insert(connection, WORKFLOWS, {
    ...theirs,
    id: "b",
    name: "create_instance",
    project_id: "q",
  });
  const before = await allRows(connection);
  const { notices } = await run(connection);
  const after = await allRows(connection);
  assert.deepEqual(notices, [
    { kind: "workflow", name: "create_instance", reason: "foreign", project: "q" },
  ]);
  assert.deepEqual(after.actions.find(({ id }) => id === "a"), before.actions[0]);
  assert.deepEqual(after.workflows.find(({ id }) => id === "b"), before.workflows[0]);
  assert.deepEqual([after.actions.length, after.workflows.length], [2, 3]);
});

databaseTest("an upgrade's stale actions go from 039 on", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "038");
  await run(connection);
  await insert(connection, ACTIONS, { id: "n", name: "nova.servers_list", spec: "null" });
  await insert(connection, ACTIONS, { id: "s", name: "site.mine", spec: "{}" });
  await insert(connection, ACTIONS, { id: "u", name: "user.own", is_system: false });
  await insert(connection, ACTIONS, { id: "p", name: "std.echo", project_id: "p" });
  assert.deepEqual(await changesOf(connection), []);
  await upgradeTo(connection, "039");
  const changes = await changesOf(connection);
  assert.equal(changes.filter((change) => change.startsWith("remove action ")).length, 14);
  const left = (await rowsOf(connection, ACTIONS)).map((
    { name, project_id },
  ) => [name, project_id]);
  assert.deepEqual(left.toSorted(), [
    ["site.mine", "<default-project>"],
    ["std.echo", "p"],
    ["std.wait_ssh", "<default-project>"],
    ["user.own", "<default-project>"],
  ]);
  assert.deepEqual(await changesOf(connection), []);
});

databaseTest("at every revision, with the columns that it has", async (_t, database) => {
  await using connection = await database.connect();
  for (const [index, { id }] of migrations.entries()) {
    await upgradeTo(connection, id);
    await connection.execute(raw(`DELETE FROM ${ACTIONS}`));
    await connection.execute(raw(`DELETE FROM ${WORKFLOWS}`));
    await run(connection);
    assert.deepEqual(await changesOf(connection), [], id);
    const { actions, workflows } = await allRows(connection);
    const schema = fold(migrations.slice(0, index + 1), connection.server.rules);
    for (const [table, [row]] of [[ACTIONS, actions], [WORKFLOWS, workflows]] as const) {
      const columns = schema.tables.get(table)!.columns.map(({ name }) => name);
      assert.deepEqual(Object.keys(row!).toSorted(), columns.toSorted(), id);
      assert.deepEqual([row!.scope, row!.project_id], ["public", "<default-project>"]);
      if ("namespace" in row!) assert.equal(row.namespace, "");
      if ("checksum" in row!) assert.match(String(row.checksum), /^[\da-f]{32}$/);
    }
    const prefix = id <= "034" ? "std." : "";
    const names = workflows.map(({ name }) => name).toSorted();
    assert.deepEqual(names, [`${prefix}create_instance`, `${prefix}delete_instance`], id);
    const standard = actions.filter(({ action_class }) => action_class !== null);
    assert.equal(standard.length > 8, id <= "038", id);
    for (const { is_system, spec, attributes } of standard) {
      assert.deepEqual([Boolean(is_system), spec, attributes], [true, null, "{}"]);
    }
    assert.ok(actions.some(({ name }) => name === "std.wait_ssh"));
  }
});

databaseTest("from revision to revision, the same rows are carried along", async (_t, database) => {
  await using connection = await database.connect();
  const ids = new Map<string, unknown>();
  for (const { id: revision } of migrations) {
    await upgradeTo(connection, revision);
    await run(connection);
    for (const { name, id } of await rowsOf(connection, WORKFLOWS)) {
      const key = String(name).replace("std.", "");
      assert.equal(id, ids.get(key) ?? id, revision);
      ids.set(key, id);
    }
  }
  assert.deepEqual([...ids.keys()].toSorted(), ["create_instance", "delete_instance"]);
  assert.equal((await rowsOf(connection, ACTIONS)).length, 1);
});

databaseTest("a dry run finds the same and writes nothing", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "038");
  const dry = await changesOf(connection, { dryRun: true });
  assert.deepEqual(await allRows(connection), { actions: [], workflows: [] });
  assert.deepEqual(await changesOf(connection), dry);
  const before = await allRows(connection);
  await upgradeTo(connection, "039");
  const removals = await changesOf(connection, { dryRun: true });
  assert.equal(removals.length, 13);
  assert.deepEqual((await allRows(connection)).actions.length, before.actions.length);
});

databaseTest("a database that is not migrated is refused", async (_t, database) => {
  await using connection = await database.connect();
  const message = 'Cannot populate: the database is at no revision yet; run "upgrade head" first';
  for (const dryRun of [true, false]) {
    await assert.rejects(run(connection, { dryRun }), { name: "OperatorError", message });
  }
  await stamp(connection, graph, "base");
  await assert.rejects(run(connection), { message });
  await stamp(connection, graph, "head");
  await assert.rejects(run(connection), {
    message: /says that it is at \d+, but has no table "action_definitions_v2"; .*"stamp base"/,
  });
  await connection.execute(raw("UPDATE alembic_version SET version_num = '999'"));
  await assert.rejects(run(connection), { name: "RevisionError" });
});

databaseTest("what the server refuses leaves nothing behind", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  await connection.execute(raw(`ALTER TABLE ${WORKFLOWS} RENAME COLUMN checksum TO gone`));
  await assert.rejects(run(connection), {
    name: "OperatorError",
    message: /^Cannot populate the database: .*checksum.*; remove the cause and run/,
  });
  assert.deepEqual(await rowsOf(connection, ACTIONS), []);
});

databaseTest(
  "a refusal in the midst of writing takes back what was written",
  async (_t, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "head");
    // The second workflow meets a key that the first one does not.
    await connection.execute(raw(`CREATE UNIQUE INDEX one_checksum ON ${WORKFLOWS} (is_system)`));
    await assert.rejects(run(connection), {
      message:
        /^Cannot populate the database on .*\n.*Nothing of this run was kept; remove the cause/s,
    });
    assert.deepEqual(await allRows(connection), { actions: [], workflows: [] });
    await connection.execute(raw("SELECT 1"));
  },
);

databaseTest("eight at once make no duplicate", async (_t, database) => {
  {
    await using connection = await database.connect();
    await upgradeTo(connection, "038");
  }
  const counts = await Promise.all(Array.from({ length: 8 }, async () => {
    await using connection = await database.connect();
    return (await run(connection)).changes.length;
  }));
  assert.deepEqual(counts.toSorted((a, b) => a - b), [0, 0, 0, 0, 0, 0, 0, 16]);
});

databaseTest("populate waits for an upgrade that is under way", async (_t, database) => {
  await using upgrading = await database.connect();
  await using populating = await database.connect();
  const { promise: started, resolve } = Promise.withResolvers<void>();
  const upgraded = upgrade(upgrading, graph, "head", { onEvent: () => resolve() });
  await started;
  const began = changesOf(populating);
  await upgraded;
  assert.deepEqual(await began, [
    "add action std.wait_ssh",
    "add workflow create_instance",
    "add workflow delete_instance",
  ]);
});

databaseTest(
  "a text that does not fit is refused before anything is written",
  async (_t, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "001");
    const seed = {
      kind: "workflow",
      name: "w".repeat(81),
      otherNames: [],
      inputs: [],
      values: { name: "w".repeat(81), scope: "public", project_id: "<default-project>" },
    } as const;
    await assert.rejects(run(connection, { seeds: [seed] }), {
      message: /^Cannot populate: "name" of workflow "w{81}" has 81 characters, of 80 that fit/,
    });
    const long = {
      ...seed,
      name: "w",
      values: { ...seed.values, name: "w", spec: "ä".repeat(33_000) },
    };
    if (connection.server.rules.dialect === "mysql") {
      await assert.rejects(run(connection, { seeds: [long] }), {
        message: /has 66000 bytes, of 65535/,
      });
    } else {
      assert.deepEqual(await changesOf(connection, { seeds: [long] }), ["add workflow w"]);
    }
  },
);

databaseTest("names that MySQL does not tell apart are one row", async (_t, database) => {
  await using connection = await database.connect();
  await upgradeTo(connection, "head");
  await insert(connection, WORKFLOWS, { id: "x", name: "CREATE_Instance", namespace: "" });
  await run(connection);
  assert.equal((await rowNamed(connection, WORKFLOWS, "create_instance")).id, "x");
}, { dialects: ["mysql"] });
