/**
 * What a plan says that statements lock, and how the server makes them, is what the server does: for
 * every statement of the whole chain, from an empty database, with the rows of a real cluster at 019.
 */
import assert from "node:assert/strict";
import type { Step } from "../../lib/servers/step.ts";
import type { Effect, Facts } from "../../lib/servers/effect.ts";
import { alteration } from "../../lib/servers/mysql/effects.ts";
import type { DdlAlgorithm } from "../../lib/servers/mysql/online_ddl.ts";
import type { Database } from "../../lib/servers/database.ts";
import { foldedSituation } from "../../lib/plan/fold.ts";
import { planUpgrade } from "../../lib/plan/upgrade.ts";
import { questionMarks, type Statement } from "../../lib/sql/statement.ts";
import { databaseTest, type TestDatabase } from "../tools/databases.ts";
import { alterCheaply, readersDuring, waitsForReaders } from "../tools/effects/mysql.ts";
import { observe } from "../tools/effects/postgresql.ts";
import { othersDuring } from "../tools/effects/sqlite.ts";
import { graph } from "../tools/migrations.ts";
import { loadSampleRows } from "../tools/sample_rows.ts";

/** Runs one statement, and compares; gives how many predictions that were. */
type Prover = (
  connection: Database,
  statement: Statement,
  told: { readonly step: Step; readonly effects: readonly Effect[]; readonly facts: Facts },
) => Promise<number>;

/** Weaker locks keep nobody from anything but dropping the table. */
const HARMLESS = ["ACCESS SHARE", "ROW SHARE"];

/** PostgreSQL's own word: `AccessExclusiveLock` for ACCESS EXCLUSIVE. */
const spoken = (mode: string) =>
  mode.replace(/Lock$/, "").replace(/(?<=[a-z])(?=[A-Z])/g, " ").toUpperCase();

/** What the step itself has made nobody else can know of. */
const isOwn = ({ changes: [applied] }: Step, table: string) =>
  applied?.change.kind === "createTable" && applied.change.table.name === table;

const onPostgresql: Prover = async (connection, statement, { step, effects }) => {
  const seen = [...await observe(connection, statement)]
    .filter(([table]) => !isOwn(step, table))
    .map(([table, { lock, rewritten }]) => ({ table, lock: spoken(lock), rewritten }))
    .filter(({ lock }) => !HARMLESS.includes(lock));
  const told = effects.map(({ table, lock, method }) => ({
    ...{ table, lock, rewritten: method === "copy" },
  }));
  const sorted = (list: readonly { readonly table: string }[]) =>
    list.toSorted((a, b) => a.table < b.table ? -1 : 1);
  assert.deepEqual(sorted(seen), sorted(told), questionMarks(statement));
  return told.length;
};

async function proveAlteration(
  connection: Database,
  text: string,
  table: string,
  { algorithm, lock, cost }: DdlAlgorithm,
): Promise<void> {
  const rebuilt = cost === "copy" || cost === "rebuild";
  assert.deepEqual(await alterCheaply(connection, table, text), { algorithm, lock, rebuilt }, text);
}

const onMysql = (other: Database): Prover => async (connection, statement, told) => {
  const { step, effects: [effect], facts } = told;
  const text = questionMarks(statement);
  if (!effect) {
    await connection.execute(statement);
    return 0;
  }
  const { table, method } = effect;
  const alter = alteration(step, facts);
  if (alter) await proveAlteration(connection, text, table, alter);
  else if (method === "rows") assert.ok(await readersDuring(connection, other, table, statement));
  else assert.ok(await waitsForReaders(connection, other, table, statement), text);
  return 1;
};

const onSqlite = (file: string): Prover => async (connection, statement, { effects }) => {
  const seen = await othersDuring(connection, file, statement);
  const canWrite = effects.every(({ blocks }) => blocks === "nothing");
  if (effects.length > 0) assert.deepEqual(seen, { canRead: true, canWrite });
  return effects.length;
};

async function proveAll(connection: Database, prove: Prover): Promise<void> {
  const server = connection.server;
  const { migrations } = planUpgrade(
    graph,
    "head",
    foldedSituation(graph, [], server),
    server,
  );
  let confirmed = 0;
  let predicted = 0;
  for (const { revisions, steps } of migrations) {
    for (const step of steps) {
      const facts = await server.catalog.readFacts(connection);
      const effects = server.effects(step, facts);
      assert.equal(effects.length, step.statements.length);
      for (const [index, statement] of step.statements.entries()) {
        predicted += effects[index]!.length;
        confirmed += await prove(connection, statement, { step, effects: effects[index]!, facts });
      }
    }
    if (revisions[0]!.id === "019") await loadSampleRows(connection);
  }
  assert.ok(confirmed > 50);
  assert.equal(confirmed, predicted);
  const { product, version } = (await server.catalog.readFacts(connection)).version;
  console.log(`${product} ${version.join(".")}: predicted ${predicted}, confirmed ${confirmed}`);
}

async function proverFor(database: TestDatabase, stack: AsyncDisposableStack): Promise<Prover> {
  if (database.dialect === "postgresql") return onPostgresql;
  if (database.dialect === "sqlite") return onSqlite(database.name);
  return onMysql(stack.use(await database.connect()));
}

databaseTest("statements lock what a plan says, and are made as it says", async (_, database) => {
  await using others = new AsyncDisposableStack();
  await using connection = await database.connect();
  await proveAll(connection, await proverFor(database, others));
});
