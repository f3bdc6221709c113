/**
 * Everything that the program does to a database, each piece with a database to do it on: for tests that
 * disturb it.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { currentVersions, downgrade, stamp, upgrade } from "../../lib/engine/mod.ts";
import type { EngineOptions } from "../../lib/engine/options.ts";
import { column, integer, string } from "../../lib/operations/columns.ts";
import {
  addColumn,
  createTable,
  dropColumn,
  dropIndex,
  dropTable,
  execute,
  index,
} from "../../lib/operations/vocabulary.ts";
import type { Revision } from "../../lib/revisions/graph/migration.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import { populate } from "../../lib/seeds/mod.ts";
import { migrations } from "../../migrations/mod.ts";
import { freshDatabase, type TestDatabase } from "./databases.ts";
import { graph, head, liveSchema, upgradeTo } from "./migrations.ts";
import { loadSampleRows } from "./sample_rows.ts";
import { sessionWith } from "./sessions.ts";

const own = (
  id: string,
  down: string,
  revision: Required<Pick<Revision, "upgrade" | "downgrade">>,
): Revision => ({
  id,
  down,
  message: "of a site",
  created: "2026-01-01T00:00:00Z",
  origin: { path: `own/${id}.ts`, checksum: id.padEnd(64, "0") },
  ...revision,
});

/** The history with two revisions of a site, which can be taken back. */
const withOwn = revisionGraph<Revision>([
  ...migrations,
  own("own1", head, {
    upgrade: [
      createTable("own", {
        columns: [column("id", integer, { nullable: false }), column("name", string(20))],
        primaryKey: ["id"],
      }),
      index("own_name", "own", ["name"]),
    ],
    downgrade: [dropIndex("own_name", "own"), dropTable("own")],
  }),
  own("own2", "own1", {
    upgrade: [
      addColumn("own", column("note", string(20))),
      addColumn("workbooks_v2", column("note", string(20))),
      execute("UPDATE workbooks_v2 SET note = 'own'"),
    ],
    downgrade: [dropColumn("workbooks_v2", "note"), dropColumn("own", "note")],
  }),
]);

/** Something that the program does. */
export interface Work {
  /** Brings an empty database to where it begins. */
  prepare(connection: Database): Promise<unknown>;
  /** Does it. */
  run(connection: Database, options?: EngineOptions): Promise<unknown>;
}

/** The name of one. */
export type WorkName =
  | "a fresh install"
  | "every revision from nothing"
  | "019 to head with rows"
  | "populate"
  | "a downgrade"
  | "a stamp";

/** By name. */
export const WORKS: Readonly<Record<WorkName, Work>> = {
  "a fresh install": {
    prepare: () => Promise.resolve(),
    run: (connection, options) => upgrade(connection, graph, "head", { ...options, direct: true }),
  },
  "every revision from nothing": {
    prepare: () => Promise.resolve(),
    run: (connection, options) => upgrade(connection, graph, "head", options),
  },
  "019 to head with rows": {
    async prepare(connection) {
      await upgradeTo(connection, "019");
      await loadSampleRows(connection);
    },
    run: (connection, options) => upgrade(connection, graph, "head", options),
  },
  "populate": {
    prepare: (connection) => upgrade(connection, graph, "head", { direct: true }),
    run: (connection, options) => populate(connection, graph, options),
  },
  "a downgrade": {
    async prepare(connection) {
      await upgrade(connection, graph, "head", { direct: true });
      await upgrade(connection, withOwn, "own2");
    },
    run: (connection, options) => downgrade(connection, withOwn, head, options),
  },
  "a stamp": {
    prepare: (connection) => upgradeTo(connection, "019"),
    run: (connection, options) => stamp(connection, withOwn, "own2", options),
  },
};

/** All of them. */
export const WORK_NAMES = Object.keys(WORKS) as WorkName[];

/** A database on which it can begin. */
export async function databaseFor(
  name: WorkName,
  dialect: DialectName,
  server?: string,
): Promise<TestDatabase> {
  const database = await freshDatabase(dialect, { server });
  await using connection = await database.connect();
  await WORKS[name].prepare(connection);
  return database;
}

/** Columns that are not the same in two runs. */
const OF_THE_RUN = ["id", "created_at", "updated_at"];

/** What is the same in all runs; ids are made up only in rows that have a name as well. */
function comparable(row: Readonly<Record<string, unknown>>): string {
  const left = Object.entries(row).filter(([column]) =>
    !OF_THE_RUN.includes(column) || (column === "id" && row.name === undefined)
  );
  return JSON.stringify(left, (_, value) => typeof value === "bigint" ? String(value) : value);
}

/** All that a database has in the end. */
export async function endOf(connection: Database) {
  const schema = await liveSchema(connection);
  const rows: unknown[] = [];
  for (const { name } of schema) {
    const own = await connection.query({ parts: [`SELECT * FROM ${name}`], values: [] });
    rows.push([name, own.map(comparable).toSorted()]);
  }
  return { schema, rows, versions: await currentVersions(connection) };
}

/** What a database has when nothing has disturbed the work. */
export async function undisturbed(name: WorkName, dialect: DialectName, server?: string) {
  await using database = await databaseFor(name, dialect, server);
  await using connection = await database.connect();
  await WORKS[name].run(connection);
  return await endOf(connection);
}

/** A session on which something happens before the statement of that number that may change something. */
export function disturbed(
  connection: Database,
  number: number,
  happens: () => Promise<void> | void,
): Database {
  let left = number;
  return sessionWith(connection, {
    async execute(statement) {
      if (left-- === 0) await happens();
      return await connection.execute(statement);
    },
  });
}

/** Counts what was tried, and prints it: one line of the table in `docs/reliability.md`. */
export class Tally {
  readonly #name: string;
  #tried = 0;

  /** Counts for a disturbance, a database and a work. */
  constructor(...name: readonly string[]) {
    this.#name = name.join(", ");
  }

  /** Does the work again on a database that was disturbed: the end is to be the expected one. */
  async converges(
    database: TestDatabase,
    name: WorkName,
    expected: Awaited<ReturnType<typeof endOf>>,
    where: string,
  ): Promise<void> {
    await using connection = await database.connect();
    await WORKS[name].run(connection);
    assert.deepEqual(await endOf(connection), expected, where);
    this.#tried++;
  }

  /** Prints how often. */
  [Symbol.dispose](): void {
    assert.ok(this.#tried > 0);
    console.log(`${this.#name}: ${this.#tried} points tried, ${this.#tried} converged`);
  }
}
