/** Offline scripts: fed to the native clients they do what the online run does. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import {
  run,
  script,
  type ScriptOptions,
  stampScript,
  upgradeScript,
} from "../../lib/engine/mod.ts";
import { planOfflineUpgrade } from "../../lib/plan/offline.ts";
import { currentVersions } from "../../lib/engine/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { migrations } from "../../migrations/mod.ts";
import { runScript, scriptTest } from "../tools/clients.ts";
import { DIALECTS, freshDatabase, type TestDatabase } from "../tools/databases.ts";
import { fixture, renew } from "../tools/fixtures.ts";
import { graph, head, liveSchema, upgradeTo } from "../tools/migrations.ts";
import { insertSpecs, loadSampleRows, ODD_SPECS } from "../tools/sample_rows.ts";
import { randomFrom, seedOf } from "../tools/random.ts";

const ids = migrations.map(({ id }) => id);
const OPTIONS: ScriptOptions = { generator: "mistral-db-manage" };

function scriptOf(
  dialect: DialectName,
  range: string,
  options: Partial<ScriptOptions> = {},
): string {
  return upgradeScript(graph, range, dialects[dialect], { ...OPTIONS, ...options }).join("");
}

/** All rows of all tables, the run's own time stamps aside. */
async function allRows(connection: Database): Promise<unknown> {
  const rows: Record<string, unknown> = {};
  for (const { name } of await liveSchema(connection)) {
    const found = await connection.query(raw(`SELECT * FROM ${name} ORDER BY id`));
    rows[name] = found.map((row) =>
      name === "mistral_metrics" ? { ...row, created_at: 0, updated_at: 0 } : row
    );
  }
  return rows;
}

/** Brings an empty database to a revision, with rows in it where there can be some. */
async function prepare(database: TestDatabase, start: string): Promise<void> {
  await using connection = await database.connect();
  if (start === "base") return;
  if (start >= "019") {
    await upgradeTo(connection, "019");
    await loadSampleRows(connection);
    await insertSpecs(connection, ODD_SPECS);
  }
  await upgradeTo(connection, start);
}

async function stateOf(database: TestDatabase) {
  await using connection = await database.connect();
  return {
    schema: await liveSchema(connection),
    rows: await allRows(connection),
    versions: await currentVersions(connection),
  };
}

/** Runs one plan online and offline, on twins, and compares what comes out. */
async function assertSame(
  dialect: DialectName,
  [start, end]: readonly [string, string],
  { script: options = {}, client = [] }: {
    script?: Partial<ScriptOptions>;
    client?: readonly string[];
  } = {},
): Promise<void> {
  await using online = await freshDatabase(dialect);
  await using offline = await freshDatabase(dialect);
  await prepare(online, start);
  await prepare(offline, start);
  const plan = planOfflineUpgrade(graph, `${start}:${end}`, dialects[dialect], options);
  {
    await using connection = await online.connect();
    await run(plan, connection);
  }
  const text = script(plan, dialects[dialect], { ...OPTIONS, ...options }).join("");
  const result = await runScript(offline, text, client);
  assert.deepEqual({ ...result, stderr: errorsIn(result.stderr) }, { code: 0, stderr: "" });
  assert.deepEqual(await stateOf(offline), await stateOf(online), `${start}:${end}`);
}

/** psql -1 begins a transaction of its own and warns that there is one. */
const errorsIn = (stderr: string): string =>
  stderr.replace(/^(psql:.*)?WARNING: {2}there is (already a|no) transaction in progress\n/gm, "");

scriptTest("a script of the whole chain equals the online run", async (_t, { dialect }) => {
  await assertSame(dialect, ["base", "head"]);
});

scriptTest("a script that creates the schema directly equals the run", async (_t, database) => {
  const { dialect } = database;
  for (const singleTransaction of [false, true]) {
    await assertSame(dialect, ["base", "head"], { script: { direct: true, singleTransaction } });
  }
});

scriptTest("a script of the data migrations equals the online run", async (_t, { dialect }) => {
  await assertSame(dialect, ["019", head]);
});

scriptTest("one transaction for the whole script comes to the same", async (_t, { dialect }) => {
  await assertSame(dialect, ["019", head], { script: { singleTransaction: true } });
});

scriptTest("psql -1 comes to the same", async (_t, { dialect }) => {
  await assertSame(dialect, ["base", head], { client: ["-1"] });
  await assertSame(dialect, ["019", head], { client: ["-1"] });
}, { dialects: ["postgresql"] });

const seed = seedOf("TEST_SEED");

/** How many ranges are tried on each database. */
const RANGES = Number(Deno.env.get("SCRIPT_RANGES") ?? 4);

scriptTest("scripts of random ranges equal the online run", async (t, { dialect }) => {
  const random = randomFrom(seed + DIALECTS.indexOf(dialect));
  const starts = ["base", ...ids.slice(0, -1)];
  for (let count = 0; count < RANGES; count++) {
    const from = random(starts.length);
    const to = from + random(ids.length - from);
    const range = [starts[from]!, ids[to]!] as const;
    await t.step(`${range.join(":")} (TEST_SEED=${seed})`, () => assertSame(dialect, range));
  }
});

scriptTest("a script stops where it must not run, and changes nothing", async (t, database) => {
  const { dialect } = database;
  const wrong: readonly [string, string, string][] = [
    ["an empty database", "base", "019:020"],
    ["an older database", "018", "019:020"],
    ["a newer database", "021", "019:020"],
    ["a database that is not empty", "003", "base:head"],
  ];
  for (const [name, at, range] of wrong) {
    await t.step(`${range} on ${name}`, async () => {
      await using target = await freshDatabase(dialect);
      await prepare(target, at);
      const before = await stateOf(target);
      const { code, stderr } = await runScript(target, scriptOf(dialect, range));
      assert.notEqual(code, 0);
      assert.match(stderr, /Stop: |alembic_version/);
      assert.deepEqual(await stateOf(target), before);
    });
  }
  await t.step("base:head on tables without a version", async () => {
    await using connection = await database.connect();
    await connection.execute(raw("CREATE TABLE workbooks_v2 (id INTEGER PRIMARY KEY)"));
    const { code, stderr } = await runScript(database, scriptOf(dialect, "base:head"));
    assert.notEqual(code, 0);
    assert.match(stderr, /Stop: /);
    assert.equal(await currentVersions(connection), null);
  });
});

scriptTest("without its guard a script has nothing that stops it", async (_t, database) => {
  const { dialect } = database;
  await prepare(database, "020");
  const script = scriptOf(dialect, "021:022", { guard: false });
  assert.doesNotMatch(script, /Stop: |guard/);
  assert.equal((await runScript(database, script)).code, 0);
});

scriptTest("stamp scripts", async (_t, database) => {
  const stamp = async (range: string) => {
    const script = stampScript(graph, range, dialects[database.dialect], OPTIONS).join("");
    const { code, stderr } = await runScript(database, script);
    assert.equal(code, 0, stderr);
    await using connection = await database.connect();
    return await currentVersions(connection);
  };
  assert.deepEqual(await stamp("010"), ["010"]);
  assert.deepEqual(await stamp("010:041"), ["041"]);
  assert.deepEqual(await stamp("041:base"), []);
});

/** The statements of a script, without comments and what is meant for the client. */
function statementsIn(script: string): readonly string[] {
  return script.replace(/^(--.*|\..*)$/gm, "").split(/;\n\n/).map((text) => text.trim())
    .filter((text) => text !== "");
}

/** What is left of a script after another one; null where it does not begin as that one does. */
function after(
  statements: readonly string[],
  script: readonly string[],
): readonly string[] | null {
  return script.every((text, index) => text === statements[index])
    ? statements.slice(script.length)
    : null;
}

/** A copy of a database in a file; of none, an empty one. */
async function copyOf(file: TestDatabase, copies: AsyncDisposableStack): Promise<Database> {
  const copy = copies.use(await freshDatabase("sqlite"));
  await Deno.copyFile(file.name, copy.name);
  const connection = copies.use(await copy.connect());
  await connection.execute(raw("PRAGMA synchronous = OFF"));
  return connection;
}

/** Where a script begins as the one before it, whose end is there, only the rest is run. */
Deno.test("all ranges are taken by the server, on SQLite", async () => {
  const ends = ["base", ...ids];
  await using start = await freshDatabase("sqlite");
  await Deno.writeFile(start.name, new Uint8Array());
  for (const [index, from] of ends.slice(0, -1).entries()) {
    if (from !== "base") {
      await using connection = await start.connect();
      await upgradeTo(connection, from);
    }
    await using copies = new AsyncDisposableStack();
    let copy = await copyOf(start, copies);
    let made: readonly string[] = [];
    for (const to of ends.slice(index + 1)) {
      const statements = statementsIn(scriptOf("sqlite", `${from}:${to}`));
      const rest = after(statements, made);
      if (rest === null) copy = await copyOf(start, copies);
      for (const text of rest ?? statements) await copy.execute(raw(text));
      assert.deepEqual(await currentVersions(copy), [to], `${from}:${to}`);
      made = statements;
    }
  }
});

for (const dialect of DIALECTS) {
  Deno.test(`the script of each revision is as it was reviewed (${dialect})`, async () => {
    for (const [index, id] of ids.entries()) {
      const script = scriptOf(dialect, `${ids[index - 1] ?? "base"}:${id}`);
      const path = `scripts/${dialect}/${id}.sql`;
      await renew(path, script);
      assert.equal(script, await fixture(path), `${path}; "deno task fixtures" writes it anew`);
    }
  });

  Deno.test(`all ranges have a script, the same each time (${dialect})`, () => {
    const ends = ["base", ...ids];
    const ranges = ends.flatMap((start, index) =>
      ends.slice(index + 1).map((end) => `${start}:${end}`)
    );
    assert.equal(ranges.length, ids.length * (ids.length + 1) / 2);
    for (const range of ranges) {
      const script = scriptOf(dialect, range);
      assert.match(script, new RegExp(`VALUES \\('${range.slice(-3)}'\\)|'${range.slice(-3)}'`));
    }
    assert.equal(scriptOf(dialect, "base:head"), scriptOf(dialect, "base:head"));
  });
}
