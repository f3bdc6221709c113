/** A database that upstream's tool has left half-way: every state in which it can be killed. */
import assert from "node:assert/strict";
import type { Database } from "../../lib/servers/database.ts";
import type { EngineEvent } from "../../lib/engine/events.ts";
import { previewUpgrade } from "../../lib/engine/explanation/preview.ts";
import { upgrade, verify } from "../../lib/engine/mod.ts";
import { unfinishedInWords } from "../../lib/plan/state/unfinished.ts";
import { raw } from "../../lib/sql/statement.ts";
import { migrations } from "../../migrations/mod.ts";
import { assertFound, examined } from "../doctor/examined.ts";
import { databaseTest, freshDatabase, isAvailable } from "../tools/databases.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { foldedSchema, graph, head, liveSchema, rowsOf, upgradeTo } from "../tools/migrations.ts";
import { loadSampleRows } from "../tools/sample_rows.ts";
import { inParallel } from "../tools/steps.ts";

interface Fixture {
  /** What upstream's tool sends for each revision, in order; each commits by itself. */
  readonly revisions: Readonly<Record<string, readonly string[]>>;
}

const before = (revision: string): string | null =>
  migrations.find(({ id }) => id === revision)!.down as
    | string
    | null;

/** Every so manyth statement of a revision, the first always; all with `HALF_WAY_EVERY=1`. */
const EVERY = Number(Deno.env.get("HALF_WAY_EVERY") ?? 8);

/** Brings a database to a revision, with the reference's rows where it is late enough for them. */
async function prepare(connection: Database, revision: string | null, rows: boolean) {
  if (rows) {
    await upgradeTo(connection, "019");
    await loadSampleRows(connection);
  }
  if (revision === null) {
    await connection.execute(
      raw(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
      ),
    );
  } else await upgradeTo(connection, revision);
}

/** The rows of all tables of the newest revision. */
async function allRows(connection: Database): Promise<unknown> {
  const tables = foldedSchema(connection, head);
  const rows = await Promise.all(tables.map(({ name }) => rowsOf(connection, name)));
  return rows.map((own) => own.map((row) => ({ ...row, created_at: 0, updated_at: 0 })));
}

/** What every run ends with, wherever the other tool was killed. */
async function undisturbed(rows: boolean): Promise<unknown> {
  await using database = await freshDatabase("mysql");
  await using connection = await database.connect();
  await prepare(connection, "019", rows);
  await upgradeTo(connection, "head");
  return await allRows(connection);
}

for (const rows of [false, true]) {
  Deno.test({
    name: `upstream's tool killed after each statement, ${rows ? "with rows" : "empty"} (mysql)`,
    ignore: !isAvailable("mysql"),
    fn: async (t) => {
      const { revisions } = await jsonFixture<Fixture>("upstream-statements/mysql.json");
      const all = Object.entries(revisions).filter(([id]) => !rows || id > "019");
      const expected = await undisturbed(rows);
      await inParallel(
        t,
        all.map(([revision, statements]) => ({
          name: `${revision}: ${statements.length} states`,
          fn: async () => {
            for (let made = 1; made <= statements.length; made += EVERY) {
              await using database = await freshDatabase("mysql");
              await using connection = await database.connect();
              await prepare(connection, before(revision), rows);
              for (const statement of statements.slice(0, made)) {
                await connection.execute(raw(statement));
              }
              const message = `after ${made} of ${statements.length}: ${statements[made - 1]}`;
              try {
                const { to } = await upgrade(connection, graph, "head");
                assert.deepEqual(to, [head]);
              } catch (error) {
                throw new Error(`${message}: ${(error as Error).message}`, { cause: error });
              }
              assert.deepEqual(
                await liveSchema(connection),
                foldedSchema(connection, head),
                message,
              );
              assert.deepEqual(await allRows(connection), expected, message);
            }
          },
        })),
      );
    },
  });
}

/** Upstream's tool makes the indexes of a new table statements of their own, this program makes them with it. */
for (const [id, kept] of [["012", "012"], ["040", "1 of the last 2 steps of 040"]] as const) {
  databaseTest(
    `${id} that upstream's tool has begun is called begun by all`,
    async (_t, database) => {
      const { revisions } = await jsonFixture<Fixture>("upstream-statements/mysql.json");
      await using connection = await database.connect();
      await upgradeTo(connection, before(id)!);
      await connection.execute(raw(revisions[id]![0]!));

      const begun = `An earlier run began ${id} and did not finish it`;
      const { unfinished } = await verify(connection, graph);
      assert.equal(unfinished && unfinishedInWords(unfinished), begun);
      const { explanation: { migrations } } = await previewUpgrade(connection, graph, "+2");
      assert.deepEqual(migrations.map(({ resumed }) => resumed), [true, false]);
      const findings = await examined(database);
      assertFound(findings, ["unfinished-migration", "warning", new RegExp(begun)]);

      const events: EngineEvent[] = [];
      const stop = new AbortController();
      const onEvent = (event: EngineEvent) => {
        events.push(event);
        if (event.kind === "executed") stop.abort();
      };
      await assert.rejects(upgrade(connection, graph, "head", { onEvent, signal: stop.signal }));
      assert.deepEqual(events.filter(({ kind }) => kind === "resuming"), [
        { kind: "resuming", revision: id, done: null, of: null },
      ]);
      const [stopped] = events.filter((event) => event.kind === "stopped");
      assert.equal(stopped!.kept, kept);
      await upgradeTo(connection, id);
      assert.equal((await verify(connection, graph)).unfinished, undefined);
    },
    { dialects: ["mysql"] },
  );
}
