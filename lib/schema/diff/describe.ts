/**
 * Differences in words.
 *
 * @module
 */
import type { Change, ChangeKind } from "../change.ts";
import {
  type Column,
  columnOf,
  type Default,
  type ForeignKey,
  type SchemaState,
  tableOf,
} from "../schema.ts";
import type { ColumnType } from "../types.ts";
import { sameDefault, sameType } from "./table.ts";

const columns = (names: readonly string[]): string => `(${names.join(", ")})`;

function typeWords(type: ColumnType): string {
  if (type.kind === "other") return type.sql;
  return "length" in type ? `${type.kind}(${type.length})` : type.kind;
}

function defaultWords(value: Default | null): string {
  if (value === null) return "no default";
  return `the default ${"sql" in value ? value.sql : JSON.stringify(value.literal)}`;
}

function foreignKeyWords({ columns: own, refTable, refColumns, onDelete, onUpdate }: ForeignKey) {
  const actions = [
    ...(onDelete === "NO ACTION" ? [] : [`ON DELETE ${onDelete}`]),
    ...(onUpdate === "NO ACTION" ? [] : [`ON UPDATE ${onUpdate}`]),
  ];
  return [`${columns(own)} to ${refTable}${columns(refColumns)}`, ...actions].join(" ");
}

function alterations(now: Column, wanted: Column): readonly string[] {
  return [
    ...(sameType(now, wanted)
      ? []
      : [`is ${typeWords(now.type)} instead of ${typeWords(wanted.type)}`]),
    ...(now.nullable === wanted.nullable
      ? []
      : [now.nullable ? "may be null and should not" : "may not be null and should"]),
    ...(sameDefault(now, wanted)
      ? []
      : [`has ${defaultWords(now.default)} instead of ${defaultWords(wanted.default)}`]),
    ...(now.autoincrement === wanted.autoincrement
      ? []
      : [now.autoincrement ? "numbers itself and should not" : "does not number itself"]),
  ];
}

type Descriptions = {
  readonly [K in ChangeKind]?: (change: Change<K>, live: SchemaState) => string;
};

const descriptions: Descriptions = {
  createTable: ({ table }) => `table "${table.name}" is missing`,
  dropTable: ({ table }) => `table "${table}" should not be there`,
  addColumn: ({ table, column }) => `column "${column.name}" of table "${table}" is missing`,
  dropColumn: ({ table, name }) => `column "${name}" of table "${table}" should not be there`,
  alterColumn: ({ table, column }, live) => {
    const now = columnOf(tableOf(live, table), column.name);
    return `column "${column.name}" of table "${table}" ${alterations(now, column).join(", ")}`;
  },
  addPrimaryKey: ({ table, primaryKey }) =>
    `the primary key ${columns(primaryKey.columns)} of table "${table}" is missing`,
  dropPrimaryKey: ({ table }, live) =>
    `the primary key ${columns(tableOf(live, table).primaryKey!.columns)} of table "${table}" ` +
    "should not be there",
  addUnique: ({ table, unique }) =>
    `the unique constraint ${columns(unique.columns)} of table "${table}" is missing`,
  dropUnique: ({ table, name }, live) => {
    const key = tableOf(live, table).uniques.find((one) => one.name === name)!;
    return `the unique constraint "${name}" ${columns(key.columns)} of table "${table}" should ` +
      "not be there";
  },
  addIndex: ({ table, index }) =>
    `index "${index.name}" ${columns(index.columns)} of table "${table}" is missing`,
  dropIndex: ({ table, name }, live) => {
    const index = tableOf(live, table).indexes.find((one) => one.name === name)!;
    return `index "${name}" ${columns(index.columns)} of table "${table}" should not be there`;
  },
  addForeignKey: ({ table, foreignKey }) =>
    `the foreign key ${foreignKeyWords(foreignKey)} of table "${table}" is missing`,
  dropForeignKey: ({ table, name }, live) => {
    const key = tableOf(live, table).foreignKeys.find((one) => one.name === name)!;
    return `the foreign key "${name}" ${foreignKeyWords(key)} of table "${table}" should not be ` +
      "there";
  },
};

/** What a difference that `diff` found is, in words that go on from "the database differs: ". */
export function describe<K extends ChangeKind>(change: Change<K>, live: SchemaState): string {
  const description = descriptions[change.kind as K] as Descriptions[K];
  return description?.(change, live) ?? change.kind;
}
