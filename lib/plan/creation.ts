/**
 * Creating the schema of a revision directly: an empty database has no rows to carry through the
 * history, so each table can be made as it is in the end.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import type { Operation } from "../operations/operation.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { RevisionMove } from "../revisions/rows/moves.ts";
import { adding, type Change } from "../schema/change.ts";
import {
  emptySchema,
  type ForeignKey,
  type Key,
  sameColumns,
  type Table,
} from "../schema/schema.ts";
import { fold } from "./fold.ts";
import type { PlannedMigration, Situation } from "./plan.ts";
import { sourceOf, type Trace, traceOf } from "./resume/trace.ts";
import { interruption } from "./resume/mod.ts";
import { remainderOf } from "./resume/remainder.ts";

/** A new table, and what is added to it when all tables are there, in this order. */
interface NewTable {
  readonly table: Table;
  readonly added: readonly Change[];
}

/** The unique constraints that the server takes for others of the same CREATE TABLE. */
function mergedUniques({ uniques }: Table, { spelling: { newTable } }: Server): readonly Key[] {
  if (newTable.keepsEqualUniques) return [];
  return uniques.filter((unique, index) =>
    uniques.slice(0, index).some(({ columns }) => sameColumns(columns, unique.columns))
  );
}

/**
 * The foreign keys that cannot be part of CREATE TABLE, and all after them: a server that numbers them
 * does it in their order.
 */
function laterForeignKeys(
  { name, foreignKeys }: Table,
  earlier: ReadonlySet<string>,
  { spelling: { newTable } }: Server,
): readonly ForeignKey[] {
  if (newTable.takesLaterForeignKeys) return [];
  const first = foreignKeys.findIndex(({ refTable }) =>
    refTable !== name && !earlier.has(refTable)
  );
  return first < 0 ? [] : foreignKeys.slice(first);
}

/**
 * How many of the table's indexes CREATE TABLE can have. Where those that the server makes for foreign
 * keys come behind all others, what came after one of these in the history is added later.
 */
function indexesInTable(
  { indexes }: Table,
  later: readonly ForeignKey[],
  { spelling: { newTable } }: Server,
): number {
  if (!newTable.putsImplicitIndexesLast) return indexes.length;
  const isLater = (columns: readonly string[]) =>
    later.some((key) => sameColumns(key.columns, columns));
  const cut = indexes.findIndex((index, position) =>
    index.implicit ? isLater(index.columns) : indexes.slice(0, position).some((one) => one.implicit)
  );
  return cut < 0 ? indexes.length : cut;
}

/** Divides a table into what its CREATE TABLE has and what follows. */
function divided(table: Table, earlier: ReadonlySet<string>, server: Server): NewTable {
  const uniques = mergedUniques(table, server);
  const foreignKeys = laterForeignKeys(table, earlier, server);
  const count = indexesInTable(table, foreignKeys, server);
  const { name } = table;
  return {
    table: {
      ...table,
      uniques: table.uniques.filter((unique) => !uniques.includes(unique)),
      indexes: table.indexes.slice(0, count),
      foreignKeys: table.foreignKeys.filter((key) => !foreignKeys.includes(key)),
    },
    added: [
      ...uniques.map((key) => adding(name, "uniques", key)),
      ...foreignKeys.map((key) => adding(name, "foreignKeys", key)),
      ...table.indexes.slice(count).filter(({ implicit }) => !implicit)
        .map((index) => adding(name, "indexes", index)),
    ],
  };
}

/** The rows that a new database has: what the history writes, but for tables that it drops later. */
function initialRows(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter((one, position) =>
    one.kind === "execute" && one.initial &&
    !operations.slice(position).some((later) =>
      later.kind === "dropTable" && later.table === one.writes
    )
  );
}

/** What makes of nothing what the revisions make of it. */
function creationOf(revisions: readonly Revision[], server: Server): Trace {
  const earlier = new Set<string>();
  const tables = [...fold(revisions, server.rules).tables.values()].map((table) => {
    const parts = divided(table, earlier, server);
    earlier.add(table.name);
    return parts;
  });
  const changes: readonly Change[] = [
    ...tables.map(({ table }) => ({ kind: "createTable", table }) as const),
    ...tables.flatMap(({ added }) => added),
  ];
  const rows = initialRows(revisions.flatMap(({ upgrade }) => upgrade));
  const sources = [() => changes, ...rows.map((operation) => sourceOf(operation, server.rules))];
  return traceOf(sources, emptySchema, server.rules);
}

/** The steps left of the creation; null if the database is something else. */
function restOfCreation(
  trace: Trace,
  { versions, schema }: Situation,
  server: Server,
): Pick<PlannedMigration, "steps" | "resumed"> | null {
  if (schema.tables.size === 0) {
    return { steps: server.spelling.compile(trace.applied), resumed: null };
  }
  if (server.spelling.transactionalDdl || versions === null) return null;
  const isOurs = [...schema.tables.keys()].every((name) => trace.states.at(-1)!.tables.has(name));
  const rest = isOurs ? remainderOf(trace, schema, server.rules) : null;
  // Tables that are on the way to their last form have been begun step by step.
  return rest?.kind === "remainder" && rest.isWhole
    ? interruption(trace, rest.changes, server)
    : null;
}

/**
 * Plans to create the schema of the first moves at once, for as long as these are the program's own; null
 * where that is not possible, or is no shorter. What a site's own migrations do may depend on what the
 * database is when they begin, so they are run.
 *
 * @param moves All moves of an upgrade.
 */
export function planCreation(
  moves: readonly RevisionMove<Revision>[],
  situation: Situation,
  server: Server,
): PlannedMigration | null {
  const foreign = moves.findIndex(({ revision }) => revision.origin);
  const own = foreign < 0 ? moves : moves.slice(0, foreign);
  if (own.length < 2 || own[0]!.headsBefore.length > 0) return null;
  const revisions = own.map(({ revision }) => revision);
  const rest = restOfCreation(creationOf(revisions, server), situation, server);
  if (!rest) return null;
  const { headsAfter } = own.at(-1)!;
  return Object.freeze({
    revisions,
    from: [],
    to: headsAfter,
    resumed: rest.resumed,
    steps: rest.steps,
    openings: [],
    records: [],
    rowChanges: headsAfter.map((id) => ({ kind: "insert", id }) as const),
    transaction: server.spelling.transactions.schema(rest.steps),
  });
}
