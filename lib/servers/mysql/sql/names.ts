/**
 * The names that MySQL and MariaDB make up, and the indexes that they make and drop unasked.
 *
 * Sources: `make_unique_key_name` in sql/sql_table.cc; `dict_table_get_highest_foreign_id` in
 * InnoDB's dict0dict.cc; https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html
 *
 * @module
 */
import type { Names } from "../../../operations/server_rules.ts";
import { apply } from "../../../schema/apply.ts";
import { adding, type Change, dropping } from "../../../schema/change.ts";
import { handle, type Handlers } from "../../../schema/handlers.ts";
import type { Part } from "../../../schema/part.ts";
import {
  type ForeignKey,
  type Index,
  sameColumns,
  type SchemaState,
  startsWithColumns,
  type Table,
  tableOf,
} from "../../../schema/schema.ts";

/** Called after the first column, then with `_2`, `_3` and so on; names differ by more than case. */
function keyName({ uniques, indexes }: Pick<Table, "uniques" | "indexes">, firstColumn: string) {
  const taken = new Set([...uniques, ...indexes].map(({ name }) => name.toLowerCase()));
  taken.add("primary");
  let name = firstColumn;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${firstColumn}_${number}`;
  return name;
}

/** The indexes made for foreign keys that an explicit key on the columns can serve instead of. */
function superseded({ indexes }: Table, columns: readonly string[]): readonly Index[] {
  return indexes.filter((index) => index.implicit && startsWithColumns(columns, index.columns));
}

/** The name of a new unique constraint, which may be that of an index that goes when it comes. */
function uniqueName(table: Table, columns: readonly string[]): string {
  const going = superseded(table, columns);
  const indexes = table.indexes.filter((index) => !going.includes(index));
  return keyName({ ...table, indexes }, columns[0]!);
}

/** One more than the highest number that a foreign key of the table has, not the first free one. */
function foreignKeyName({ name: table, foreignKeys }: Table): string {
  const numbers = foreignKeys.map(({ name }) => generatedNumber(table, name));
  return `${table}_ibfk_${Math.max(0, ...numbers) + 1}`;
}

/** The number that the server has put into the name of a foreign key of the table; 0 if it has not. */
function generatedNumber(table: string, name: string): number {
  const digits = new RegExp(`^${RegExp.escape(table)}_ibfk_([1-9]\\d*)$`).exec(name);
  return Number(digits?.[1] ?? 0);
}

/** `PRIMARY`, the first column's name, `<table>_ibfk_<number>`. */
export const names: Names = {
  primaryKey: () => "PRIMARY",
  unique: (schema, table, columns) => uniqueName(tableOf(schema, table), columns),
  foreignKey: (schema, table) => foreignKeyName(tableOf(schema, table)),
};

/** All that can serve a lookup in the table. */
function keysOf(
  { primaryKey, uniques, indexes }: Table,
): readonly Pick<Index, "name" | "columns">[] {
  return [...(primaryKey ? [primaryKey] : []), ...uniques, ...indexes];
}

/** Whether a key other than the index serves every lookup that the index serves. */
const isServed = (index: Index, keys: ReturnType<typeof keysOf>): boolean =>
  keys.some((key) => key !== index && startsWithColumns(key.columns, index.columns));

/** Whether the name is that of a foreign key's index: the key's own, or made of its first column. */
const isImplicitName = (name: string, key: ForeignKey): boolean =>
  name === key.name || new RegExp(`^${RegExp.escape(key.columns[0]!)}(_\\d+)?$`).test(name);

/** The table with those indexes marked that the server made for a foreign key. */
export function withImplicit(table: Table): Table {
  const indexes = table.indexes.map((index) => {
    const isMade = (key: ForeignKey) =>
      sameColumns(key.columns, index.columns) && isImplicitName(index.name, key);
    const implicit = table.foreignKeys.some(isMade) && !isServed(index, keysOf(table));
    return { ...index, implicit };
  });
  return { ...table, indexes };
}

/**
 * A foreign key gets an index of its own unless a key of the table serves already. The server
 * re-creates the index of an earlier foreign key on the same columns under the first free name.
 */
function implicitIndex(table: Table, key: ForeignKey): readonly Change[] {
  const isEarlier = (index: Index) => index.implicit && sameColumns(index.columns, key.columns);
  const earlier = table.indexes.find(isEarlier);
  const others = { ...table, indexes: table.indexes.filter((index) => index !== earlier) };
  if (keysOf(others).some(({ columns }) => startsWithColumns(columns, key.columns))) return [];
  const foreignKeys = table.foreignKeys.filter((other) => other !== key);
  const generated = key.name === foreignKeyName({ ...table, foreignKeys });
  const name = generated ? keyName(others, key.columns[0]!) : key.name;
  if (name === earlier?.name) return [];
  const index = { name, columns: key.columns, unique: false, implicit: true };
  return [
    adding(table.name, "indexes", index),
    ...(earlier ? [dropping(table.name, "indexes", earlier)] : []),
  ];
}

/** Whether the server has dropped an index by itself, because another key serves in its place. */
export function isSuperseded(table: Table, name: string): boolean {
  const index = table.indexes.find((candidate) => candidate.name === name);
  return index !== undefined && index.implicit && isServed(index, keysOf(table));
}

const drops = (table: Table, columns: readonly string[]): readonly Change[] =>
  superseded(table, columns).map((index) => dropping(table.name, "indexes", index));

const nothing = (): readonly Change[] => [];

/** A key that comes takes the place of indexes that the server made. */
const addedKey = (
  { table, item }: Change<"add", "uniques" | "indexes">,
  after: SchemaState,
): readonly Change[] => drops(tableOf(after, table), item.columns);

const consequencesOf: Handlers<[SchemaState], readonly Change[]> = {
  createTable: nothing,
  dropTable: nothing,
  add: {
    columns: nothing,
    uniques: addedKey,
    indexes: addedKey,
    foreignKeys: ({ table, item }, after) => implicitIndex(tableOf(after, table), item),
  },
  alter: nothing,
  drop: nothing,
  addPrimaryKey: ({ table, primaryKey }, after) => drops(tableOf(after, table), primaryKey.columns),
  dropPrimaryKey: nothing,
  updateRows: nothing,
  deleteRows: nothing,
  execute: nothing,
};

/** What the server does by itself once the change is made. */
export const consequences = (change: Change, after: SchemaState): readonly Change[] =>
  handle(consequencesOf, change, after);

/** The parts of a table that serve lookups. */
const KEYS: Readonly<Record<Part, boolean>> = {
  ...{ columns: false, uniques: true, indexes: true, foreignKeys: false },
};

/**
 * What has to be made before the change: the server does not let go of the last index that serves a
 * foreign key of the same table (error 1553).
 */
export function prerequisites(change: Change, before: SchemaState): readonly Change[] {
  const isKeyDrop = change.kind === "dropPrimaryKey" ||
    (change.kind === "drop" && KEYS[change.part]);
  if (!isKeyDrop) return [];
  const table = tableOf(before, change.table);
  const left = tableOf(apply(before, change), table.name);
  const served = (columns: readonly string[]) =>
    keysOf(left).some((key) => startsWithColumns(key.columns, columns));
  const unserved = table.foreignKeys.find(({ columns }) => !served(columns));
  if (!unserved) return [];
  const { columns } = unserved;
  const index = { name: keyName(table, columns[0]!), columns, unique: false, implicit: false };
  return [adding(table.name, "indexes", index)];
}
