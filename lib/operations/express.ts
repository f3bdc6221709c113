/**
 * From changes back to what an author would have written.
 *
 * @module
 */
import type { Change, ChangeKind } from "../schema/change.ts";
import { sameDefault, sameType } from "../schema/diff/mod.ts";
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

/** Kinds of changes that a comparison of schemas finds. */
export type SchemaChangeKind = Exclude<ChangeKind, "updateRows" | "deleteRows" | "execute">;

type Expresser<K extends SchemaChangeKind> = (
  change: Change<K>,
  before: SchemaState,
  declared: Declared,
) => readonly Operation[];

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

const createTable: Expresser<"createTable"> = ({ table }, _before, declared) => {
  const { name, uniques, indexes } = table;
  const uniqueIndexes = [
    ...uniques.filter((key) => isDeclaredIndex(name, key.name, declared)),
    ...indexes.filter(({ unique }) => unique),
  ];
  return [
    write.createTable(name, tableSpec(table, declared)),
    ...uniqueIndexes.map((key) => write.index(key.name, name, key.columns, { unique: true })),
  ];
};

const addColumn: Expresser<"addColumn"> = ({ table, column, fill }, _before, declared) => [
  write.addColumn(
    table,
    writtenColumn(table, column, declared),
    fill === null ? {} : { fill },
  ),
];

const alterColumn: Expresser<"alterColumn"> = ({ table, column }, before, declared) => {
  const now = columnOf(tableOf(before, table), column.name);
  const written = writtenColumn(table, column, declared);
  const alteration: ColumnAlteration = {
    ...(sameType(now, column) ? {} : { type: written.type }),
    ...(now.nullable === column.nullable ? {} : { nullable: column.nullable }),
    // A default may not fit another type, even where it reads the same.
    ...(sameDefault(now, column) ? {} : { default: written.default }),
    ...(now.autoincrement === column.autoincrement ? {} : { autoincrement: column.autoincrement }),
  };
  return [write.alterColumn(table, column.name, alteration)];
};

/** The columns by which to find a key, and its name where these are not enough. */
function found(
  keys: readonly Key[],
  name: string,
): [readonly string[], { readonly name?: string }] {
  const { columns } = keys.find((key) => key.name === name)!;
  const alike = keys.filter((key) => sameColumns(key.columns, columns));
  return [columns, alike.length > 1 ? { name } : {}];
}

const addUnique: Expresser<"addUnique"> = ({ table, unique }, _before, declared) => [
  isDeclaredIndex(table, unique.name, declared)
    ? write.index(unique.name, table, unique.columns, { unique: true })
    : write.unique(table, uniqueSpec(table, unique, declared)),
];

const addForeignKey: Expresser<"addForeignKey"> = ({ table, foreignKey }, _before, declared) => {
  const { columns, refTable, refColumns, ...options } = foreignKeySpec(table, foreignKey, declared);
  return [write.foreignKey(table, columns, refTable, refColumns, options)];
};

const expressers: { readonly [K in SchemaChangeKind]: Expresser<K> } = {
  createTable,
  dropTable: ({ table }) => [write.dropTable(table)],
  addColumn,
  dropColumn: ({ table, name }) => [write.dropColumn(table, name)],
  alterColumn,
  addPrimaryKey: ({ table, primaryKey }) => [write.primaryKey(table, primaryKey.columns)],
  dropPrimaryKey: ({ table }) => [write.dropPrimaryKey(table)],
  addUnique,
  dropUnique: ({ table, name }, before) => [
    write.dropUnique(table, ...found(tableOf(before, table).uniques, name)),
  ],
  addIndex: ({ table, index: { name, columns, unique } }) => [
    write.index(name, table, columns, unique ? { unique } : {}),
  ],
  dropIndex: ({ table, name }) => [write.dropIndex(name, table)],
  addForeignKey,
  dropForeignKey: ({ table, name }, before) => [
    write.dropForeignKey(table, ...found(tableOf(before, table).foreignKeys, name)),
  ],
};

function isSchemaChange(change: Change): change is Change<SchemaChangeKind> {
  return Object.hasOwn(expressers, change.kind);
}

/** The operations that come to a change, and the change itself. */
export interface Expressed {
  readonly change: Change<SchemaChangeKind>;
  readonly operations: readonly Operation[];
}

/** Writes changes that lead from `before` to a declared schema as operations. */
export function express(
  changes: readonly Change[],
  before: SchemaState,
  declared: Declared,
): readonly Expressed[] {
  return changes.filter(isSchemaChange).map((change) => ({
    change,
    operations: expressed(change, before, declared),
  }));
}

function expressed<K extends SchemaChangeKind>(
  change: Change<K>,
  before: SchemaState,
  declared: Declared,
): readonly Operation[] {
  const express: Expresser<K> = expressers[change.kind];
  return express(change, before, declared);
}
