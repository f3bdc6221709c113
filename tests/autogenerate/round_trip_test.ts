/** From a database and a declaration to a file, and from the file to the database. */
import assert from "node:assert/strict";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { compareDeclared, operationsBetween } from "../../lib/engine/drift/autogenerate.ts";
import { upgrade } from "../../lib/engine/mod.ts";
import { declare } from "../../lib/operations/declare.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { RemarkedOperation } from "../../lib/operations/remarks.ts";
import { stepsOf } from "../../lib/plan/fold.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import type { Revision } from "../../lib/revisions/graph/migration.ts";
import { revisionSource, siteImports } from "../../lib/site/render.ts";
import { evaluate } from "../../lib/site/evaluate.ts";
import { revisionOf } from "../../lib/site/validate.ts";
import { diff } from "../../lib/schema/diff/mod.ts";
import { raw, type Row } from "../../lib/sql/statement.ts";
import { type FileSchema, operationsOf } from "../conformance/autogenerate_schema.ts";
import { DIALECTS, freshDatabase, isAvailable } from "../tools/databases.ts";
import { randomFrom, seedOf } from "../tools/random.ts";
import { assertTidy } from "../tools/tidy.ts";
import { changedSchema, Chooser, randomSchema, ROWS, valueOf } from "./random_schema.ts";

/** How many schemas a run changes. */
const CASES: Readonly<Record<DialectName, number>> = { sqlite: 500, postgresql: 40, mysql: 40 };

const SEED = seedOf("TEST_SEED");

async function run(connection: Database, operations: readonly Operation[]): Promise<void> {
  const server = connection.server;
  const live = await server.catalog.introspect(connection);
  for (const step of stepsOf(operations, live, server)) {
    for (const statement of step.statements) await connection.execute(statement);
  }
}

const quote = (name: string, { server: { rules: { dialect } } }: Database): string =>
  dialect === "mysql" ? `\`${name}\`` : `"${name}"`;

async function insertRows(connection: Database, { tables }: FileSchema): Promise<void> {
  const spelled = (value: string | number | boolean) =>
    typeof value === "string" ? `'${value}'` : String(value);
  for (const [table, { columns }] of Object.entries(tables)) {
    const rows = Array.from(
      { length: ROWS },
      (_, index) => `(${columns.map(({ type }) => spelled(valueOf(type, index + 1))).join(", ")})`,
    );
    const names = columns.map(({ name }) => quote(name, connection)).join(", ");
    await connection.execute(
      raw(`INSERT INTO ${quote(table, connection)} (${names}) VALUES ${rows.join(", ")}`),
    );
  }
}

/** Makes a database of the schema, with rows. */
async function make(connection: Database, schema: FileSchema): Promise<void> {
  const operations = operationsOf(schema);
  await run(connection, operations.filter(({ kind }) => kind !== "addForeignKey"));
  await insertRows(connection, schema);
  await run(connection, operations.filter(({ kind }) => kind === "addForeignKey"));
}

/** The rows of the tables and columns that two schemas have alike. */
async function commonRows(
  connection: Database,
  before: FileSchema,
  after: FileSchema,
): Promise<Readonly<Record<string, readonly Row[]>>> {
  const rows: Record<string, readonly Row[]> = {};
  for (const [name, { columns }] of Object.entries(before.tables)) {
    const kept = after.tables[name]?.columns.filter(({ name, type }) =>
      columns.some((column) => column.name === name && column.type === type)
    ).map((column) => quote(column.name, connection));
    if (!kept?.length) continue;
    const list = kept.join(", ");
    rows[name] = await connection.query(
      raw(`SELECT ${list} FROM ${quote(name, connection)} ORDER BY ${list}`),
    );
  }
  return rows;
}

/** Writes operations to a file's text and reads it again. */
async function throughSource(upgrade: readonly RemarkedOperation[]) {
  const draft = { id: "001", down: null, message: "round trip", created: "2026-01-01T00:00:00Z" };
  const source = revisionSource({ ...draft, upgrade }, siteImports);
  return { source, revision: revisionOf(await evaluate(source, "001.ts"), "001.ts") };
}

async function roundTrip(connection: Database, before: FileSchema, after: FileSchema) {
  const server = connection.server;
  await make(connection, before);
  const first = await compareDeclared(connection, declare(operationsOf(before), server.rules));
  assert.deepEqual(diff(first.live, first.declared.schema, first.declared.anyName), []);

  const declared = declare(operationsOf(after), server.rules);
  const found = operationsBetween(await compareDeclared(connection, declared));
  const { source, revision } = await throughSource(found);
  assert.deepEqual(revision.upgrade, found.map(({ operation }) => operation));

  const rows = await commonRows(connection, before, after);
  await upgrade(connection, revisionGraph<Revision>([revision]), "head");
  const again = await compareDeclared(connection, declared);
  assert.deepEqual(diff(again.live, again.declared.schema, declared.anyName), []);
  assert.deepEqual(await commonRows(connection, before, after), rows);
  return source;
}

for (const dialect of DIALECTS) {
  Deno.test({
    name: `random changes are found, written, read and run (${dialect})`,
    ignore: !isAvailable(dialect),
    fn: async () => {
      const sources: string[] = [];
      const count = Number(Deno.env.get("TEST_CASES") ?? CASES[dialect]);
      for (let number = 0; number < count; number++) {
        const seed = SEED + number;
        const choose = new Chooser(randomFrom(seed));
        const before = randomSchema(choose);
        const after = changedSchema(before, choose);
        await using database = await freshDatabase(dialect);
        await using connection = await database.connect();
        try {
          sources.push(await roundTrip(connection, before, after));
        } catch (cause) {
          const schemas = JSON.stringify({ before, after });
          throw new Error(`with TEST_SEED=${seed} TEST_CASES=1: ${schemas}`, { cause });
        }
      }
      await assertTidy(sources);
    },
  });
}
