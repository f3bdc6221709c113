/**
 * From changes back to what an author would have written.
 *
 * @module
 */
import type { Change, SchemaChange, SchemaChangeKind } from "../schema/change.ts";
import { sameDefault, sameType } from "../schema/diff/mod.ts";
import { handle, type Handlers } from "../schema/handlers.ts";
import {
  type Column,
  columnOf,
  type ForeignKey,
  type Key,
  sameColumns,
  type SchemaState,
  type Table,
  tableOf,
} from "../schema/schema.ts";
import type { Declared } from "./declare.ts";
import type {
  ColumnAlteration,
  ForeignKeySpec,
  Operation,
  TableSpec,
  UniqueSpec,
} from "./operation.ts";
import * as write from "./vocabulary.ts";

/** A column as it was declared, where the server keeps less than that. */
function writtenColumn(table: string, column: Column, { written }: Declared): Column {
  return written.tables.get(table)?.columns.find(({ name }) => name === column.name) ?? column;
}

function uniqueSpec(table: string, { name, columns }: Key, { anyName }: Declared): UniqueSpec {
  return anyName(table, name) ? columns : { name, columns };
}

/** A name of one's own, and actions other than the default, are said; the rest goes without saying. */
function foreignKeySpec(table: string, key: ForeignKey, declared: Declared): ForeignKeySpec {
  const written = declared.written.tables.get(table)?.foreignKeys
    .find(({ name }) => name === key.name) ?? key;
  const { columns, refTable, refColumns } = key;
  const { onDelete, onUpdate } = written;
  return {
    ...(declared.anyName(table, key.name) ? {} : { name: key.name }),
    columns,
    refTable,
    refColumns,
    ...(onDelete === "NO ACTION" ? {} : { onDelete }),
    ...(onUpdate === "NO ACTION" ? {} : { onUpdate }),
  };
}

/** What was declared as a unique index is written as one, also where the server calls it a constraint. */
function isDeclaredIndex(table: string, name: string, { written }: Declared): boolean {
  return written.tables.get(table)?.indexes.some((index) => index.name === name) ?? false;
}

function tableSpec(table: Table, declared: Declared): TableSpec {
  const { name, columns, primaryKey, uniques, indexes, foreignKeys } = table;
  const constraints = uniques.filter((key) => !isDeclaredIndex(name, key.name, declared));
  const plain = indexes.filter(({ implicit, unique }) => !implicit && !unique);
  return {
    columns: columns.map((column) => writtenColumn(name, column, declared)),
    ...(primaryKey ? { primaryKey: primaryKey.columns } : {}),
    ...(constraints.length > 0
      ? { uniques: constraints.map((key) => uniqueSpec(name, key, declared)) }
      : {}),
    ...(plain.length > 0
      ? { indexes: Object.fromEntries(plain.map((index) => [index.name, index.columns])) }
      : {}),
    ...(foreignKeys.length > 0
      ? { foreignKeys: foreignKeys.map((key) => foreignKeySpec(name, key, declared)) }
      : {}),
  };
}

function createTable(
  { table }: Change<"createTable">,
  _before: SchemaState,
  declared: Declared,
): readonly Operation[] {
  const { name, uniques, indexes } = table;
  const uniqueIndexes = [
    ...uniques.filter((key) => isDeclaredIndex(name, key.name, declared)),
    ...indexes.filter(({ unique }) => unique),
  ];
  return [
    write.createTable(name, tableSpec(table, declared)),
    ...uniqueIndexes.map((key) => write.index(key.name, name, key.columns, { unique: true })),
  ];
}

function alterColumn(
  { table, item }: Change<"alter">,
  before: SchemaState,
  declared: Declared,
): readonly Operation[] {
  const now = columnOf(tableOf(before, table), item.name);
  const written = writtenColumn(table, item, declared);
  const alteration: ColumnAlteration = {
    ...(sameType(now, item) ? {} : { type: written.type }),
    ...(now.nullable === item.nullable ? {} : { nullable: item.nullable }),
    // A default may not fit another type, even where it reads the same.
    ...(sameDefault(now, item) ? {} : { default: written.default }),
    ...(now.autoincrement === item.autoincrement ? {} : { autoincrement: item.autoincrement }),
  };
  return [write.alterColumn(table, item.name, alteration)];
}

/** The columns by which to find a key, and its name where these are not enough. */
function found(
  keys: readonly Key[],
  name: string,
): [readonly string[], { readonly name?: string }] {
  const { columns } = keys.find((key) => key.name === name)!;
  const alike = keys.filter((key) => sameColumns(key.columns, columns));
  return [columns, alike.length > 1 ? { name } : {}];
}

const expressers: Handlers<[SchemaState, Declared], readonly Operation[], SchemaChangeKind> = {
  createTable,
  dropTable: ({ table }) => [write.dropTable(table)],
  add: {
    columns: ({ table, item, fill }, _before, declared) => [
      write.addColumn(table, writtenColumn(table, item, declared), fill === null ? {} : { fill }),
    ],
    uniques: ({ table, item }, _before, declared) => [
      isDeclaredIndex(table, item.name, declared)
        ? write.index(item.name, table, item.columns, { unique: true })
        : write.unique(table, uniqueSpec(table, item, declared)),
    ],
    indexes: ({ table, item: { name, columns, unique } }) => [
      write.index(name, table, columns, unique ? { unique } : {}),
    ],
    foreignKeys: ({ table, item }, _before, declared) => {
      const { columns, refTable, refColumns, ...options } = foreignKeySpec(table, item, declared);
      return [write.foreignKey(table, columns, refTable, refColumns, options)];
    },
  },
  alter: alterColumn,
  drop: {
    columns: ({ table, name }) => [write.dropColumn(table, name)],
    uniques: ({ table, name }, before) => [
      write.dropUnique(table, ...found(tableOf(before, table).uniques, name)),
    ],
    indexes: ({ table, name }) => [write.dropIndex(name, table)],
    foreignKeys: ({ table, name }, before) => [
      write.dropForeignKey(table, ...found(tableOf(before, table).foreignKeys, name)),
    ],
  },
  addPrimaryKey: ({ table, primaryKey }) => [write.primaryKey(table, primaryKey.columns)],
  dropPrimaryKey: ({ table }) => [write.dropPrimaryKey(table)],
};

/** The operations that come to a change, and the change itself. */
export interface Expressed {
  readonly change: SchemaChange;
  readonly operations: readonly Operation[];
}

/** Writes changes that lead from `before` to a declared schema as operations. */
export function express(
  changes: readonly SchemaChange[],
  before: SchemaState,
  declared: Declared,
): readonly Expressed[] {
  return changes.map((change) => ({
    change,
    operations: handle(expressers, change, before, declared),
  }));
}
