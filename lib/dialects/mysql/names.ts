/**
 * The names that MySQL and MariaDB make up, and the indexes that they make and drop unasked.
 *
 * Sources: `make_unique_key_name` in sql/sql_table.cc; `dict_table_get_highest_foreign_id` in
 * InnoDB's dict0dict.cc; https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html
 *
 * @module
 */
import type { Names } from "../../operations/server_rules.ts";
import { apply } from "../../schema/apply.ts";
import type { Change } from "../../schema/change.ts";
import {
  type ForeignKey,
  type Index,
  type SchemaState,
  startsWithColumns,
  type Table,
  tableOf,
} from "../../schema/schema.ts";

/** Called after the first column, then with `_2`, `_3` and so on; names differ by more than case. */
function keyName(table: Table, firstColumn: string): string {
  const taken = new Set([...table.uniques, ...table.indexes].map(({ name }) => name.toLowerCase()));
  taken.add("primary");
  let name = firstColumn;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${firstColumn}_${number}`;
  return name;
}

/** One more than the highest number that a foreign key of the table has, not the first free one. */
function foreignKeyName(table: Table): string {
  const prefix = `${table.name}_ibfk_`;
  const numbers = table.foreignKeys
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => Number(name.slice(prefix.length)))
    .filter(Number.isInteger);
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
}

/** `PRIMARY`, the first column's name, `<table>_ibfk_<number>`. */
export const names: Names = {
  primaryKey: () => "PRIMARY",
  unique: (schema, table, columns) => keyName(tableOf(schema, table), columns[0]!),
  foreignKey: (schema, table) => foreignKeyName(tableOf(schema, table)),
};

/** Whether the server, not the author, named this foreign key of the table. */
export function isGeneratedName(table: Table, key: ForeignKey): boolean {
  return new RegExp(`^${RegExp.escape(table.name)}_ibfk_\\d+$`).test(key.name);
}

/** Whether an index is one that the server made for a foreign key of the table. */
export function isImplicit(table: Pick<Table, "foreignKeys">, index: Index): boolean {
  return !index.unique &&
    table.foreignKeys.some(({ name, columns }) =>
      columns.length === index.columns.length && startsWithColumns(index.columns, columns) &&
      (index.name === name || index.name === columns[0])
    );
}

/** All that can serve a lookup in the table. */
function keysOf(
  { primaryKey, uniques, indexes }: Table,
): readonly Pick<Index, "name" | "columns">[] {
  return [...(primaryKey ? [primaryKey] : []), ...uniques, ...indexes];
}

/** A foreign key gets an index of its own unless a key of the table serves already. */
function implicitIndex(table: Table, key: ForeignKey): readonly Change[] {
  if (keysOf(table).some(({ columns }) => startsWithColumns(columns, key.columns))) return [];
  const name = isGeneratedName(table, key) ? keyName(table, key.columns[0]!) : key.name;
  const index = { name, columns: key.columns, unique: false, implicit: true };
  return [{ kind: "addIndex", table: table.name, index }];
}

/** The index made for a foreign key goes when an explicit one can serve in its place. */
function superseded(table: Table, columns: readonly string[]): readonly Change[] {
  return table.indexes
    .filter((index) => index.implicit && startsWithColumns(columns, index.columns))
    .map(({ name }) => ({ kind: "dropIndex", table: table.name, name }) as const);
}

/** What the server does by itself once the change is made. */
export function consequences(change: Change, after: SchemaState): readonly Change[] {
  switch (change.kind) {
    case "addForeignKey":
      return implicitIndex(tableOf(after, change.table), change.foreignKey);
    case "addUnique":
      return superseded(tableOf(after, change.table), change.unique.columns);
    case "addPrimaryKey":
      return superseded(tableOf(after, change.table), change.primaryKey.columns);
    case "addIndex":
      return superseded(tableOf(after, change.table), change.index.columns);
    default:
      return [];
  }
}

/** Kinds of changes that take a key away. */
const KEY_DROPS: readonly Change["kind"][] = ["dropIndex", "dropUnique", "dropPrimaryKey"];

/**
 * What has to be made before the change: the server does not let go of the last index that serves a
 * foreign key of the same table (error 1553).
 */
export function prerequisites(change: Change, before: SchemaState): readonly Change[] {
  if (!KEY_DROPS.includes(change.kind) || !("table" in change)) return [];
  const table = tableOf(before, change.table as string);
  const left = tableOf(apply(before, change), table.name);
  const served = (columns: readonly string[]) =>
    keysOf(left).some((key) => startsWithColumns(key.columns, columns));
  const unserved = table.foreignKeys.find(({ columns }) => !served(columns));
  if (!unserved) return [];
  const { columns } = unserved;
  const index = { name: keyName(table, columns[0]!), columns, unique: false, implicit: false };
  return [{ kind: "addIndex", table: table.name, index }];
}
