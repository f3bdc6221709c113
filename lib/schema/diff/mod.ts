/**
 * What has to happen to a schema for it to become another.
 *
 * @module
 */
import { adding, dropping, type SchemaChange } from "../change.ts";
import type { Column, Scalar, SchemaState, Table } from "../schema.ts";
import type { ColumnType } from "../types.ts";
import type { Part } from "../part.ts";
import { lifted } from "./lift.ts";
import { parentsFirst } from "./order.ts";
import { type TableDifference, tableDifference } from "./table.ts";

export { describe } from "./describe.ts";
export { sameColumn, sameDefault, sameType } from "./table.ts";

/** Whether a constraint of the schema that is wanted may have any other name as well. */
export type AnyName = (table: string, name: string) => boolean;

const strict: AnyName = () => false;

/** What is different between two schemas. */
interface SchemaDifference {
  readonly gone: readonly Table[];
  readonly come: readonly Table[];
  readonly both: readonly TableDifference[];
}

const byName = (left: { name: string }, right: { name: string }): number =>
  left.name < right.name ? -1 : 1;

function difference(from: SchemaState, to: SchemaState, anyName: AnyName): SchemaDifference {
  const wanted = [...to.tables.values()].toSorted(byName);
  return {
    gone: [...from.tables.values()].filter(({ name }) => !to.tables.has(name)),
    come: wanted.filter(({ name }) => !from.tables.has(name)),
    both: wanted.flatMap((table) => {
      const before = from.tables.get(table.name);
      return before ? [tableDifference(before, table, (name) => anyName(table.name, name))] : [];
    }),
  };
}

/** What rows that are there get in a new column that may not be null and has no default. */
const zeros: Readonly<Record<ColumnType["kind"], Scalar>> = {
  string: "",
  char: "",
  text: "",
  mediumText: "",
  longText: "",
  integer: 0,
  boolean: false,
  datetime: "1970-01-01 00:00:00",
  other: null,
};

function fillOf({ type, nullable, default: value, autoincrement }: Column): Scalar {
  return nullable || value || autoincrement ? null : zeros[type.kind];
}

/** Drops tables, those first that refer to others. */
function dropTables(tables: readonly Table[]): readonly SchemaChange[] {
  const ordered = parentsFirst(tables).toReversed();
  const cyclic = ordered.flatMap(({ table: { name: table }, deferred }) =>
    deferred.map((key) => dropping(table, "foreignKeys", key))
  );
  return [
    ...cyclic,
    ...ordered.map(({ table }) => ({ kind: "dropTable", table: table.name }) as const),
  ];
}

/** Whether a foreign key can refer to the table while its own table is created. */
function isSettled({ columns, primaryKey, uniques, indexes }: TableDifference): boolean {
  return columns.come.length + columns.altered.length === 0 && primaryKey === null &&
    uniques.come.length + indexes.come.length === 0;
}

/** Creates tables, those first that others refer to; foreign keys that cannot be part of it follow. */
function createTables({ come, both }: SchemaDifference): {
  readonly tables: readonly SchemaChange[];
  readonly foreignKeys: readonly SchemaChange[];
} {
  const unsettled = new Set(both.filter((one) => !isSettled(one)).map(({ name }) => name));
  const ordered = parentsFirst(come).map(({ table, deferred }) => ({
    table,
    deferred: table.foreignKeys.filter((key) =>
      deferred.includes(key) || unsettled.has(key.refTable)
    ),
  }));
  return {
    tables: ordered.map(({ table, deferred }) => {
      const foreignKeys = table.foreignKeys.filter((key) => !deferred.includes(key));
      return { kind: "createTable", table: { ...table, foreignKeys } };
    }),
    foreignKeys: ordered.flatMap(({ table, deferred }) =>
      deferred.map((key) => adding(table.name, "foreignKeys", key))
    ),
  };
}

const dropAll = (one: TableDifference, ...parts: readonly Part[]): readonly SchemaChange[] =>
  parts.flatMap((part) => one[part].gone.map((item) => dropping(one.name, part, item)));

/** Columns are added one by one: they may fill existing rows. */
const addAll = (
  one: TableDifference,
  ...parts: readonly Exclude<Part, "columns">[]
): readonly SchemaChange[] =>
  parts.flatMap((part) => one[part].come.map((item) => adding(one.name, part, item)));

/** Columns come before others go, since a table is never without any. */
function alterTable(one: TableDifference): readonly SchemaChange[] {
  const { name: table, columns, primaryKey } = one;
  const [oldKey, newKey] = primaryKey ?? [null, null];
  return [
    ...(oldKey ? [{ kind: "dropPrimaryKey", table } as const] : []),
    ...columns.come.map((item) =>
      ({ kind: "add", table, part: "columns", item, fill: fillOf(item) }) as const
    ),
    ...columns.altered.map(([, item]) =>
      ({ kind: "alter", table, part: "columns", item }) as const
    ),
    ...(newKey ? [{ kind: "addPrimaryKey", table, primaryKey: newKey } as const] : []),
    ...addAll(one, "uniques", "indexes"),
    ...dropAll(one, "columns"),
  ];
}

function changesOf(schemas: SchemaDifference): readonly SchemaChange[] {
  const { gone, both } = schemas;
  const created = createTables(schemas);
  return [
    ...both.flatMap((one) => dropAll(one, "foreignKeys")),
    ...dropTables(gone),
    // Names of keys are free before any of them is taken again, be it by another table.
    ...both.flatMap((one) => dropAll(one, "uniques", "indexes")),
    ...created.tables,
    ...both.flatMap(alterTable),
    ...both.flatMap((one) => addAll(one, "foreignKeys")),
    ...created.foreignKeys,
  ];
}

/**
 * What is different, as the changes that make the one schema the other; none where they are the same.
 * The order of columns, constraints and indexes and the name of a primary key make no difference.
 *
 * @param anyName Tells the names in `to` that make no difference either; none unless given.
 */
export function diff(
  from: SchemaState,
  to: SchemaState,
  anyName: AnyName = strict,
): readonly SchemaChange[] {
  return changesOf(difference(from, to, anyName));
}

/**
 * The changes of {@linkcode diff}, and those besides that no server makes them without: foreign keys
 * that stand in the way are dropped first and added again at the end.
 */
export function transition(
  from: SchemaState,
  to: SchemaState,
  anyName: AnyName = strict,
): readonly SchemaChange[] {
  const { gone, come, both } = difference(from, to, anyName);
  return changesOf({ gone, come, both: lifted(both) });
}
