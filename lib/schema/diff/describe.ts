/**
 * Differences in words.
 *
 * @module
 */
import type { Change, ChangeKind } from "../change.ts";
import { type Column, columnOf, type SchemaState, tableOf } from "../schema.ts";
import {
  columnsInWords as columns,
  defaultInWords,
  foreignKeyInWords,
  typeInWords,
} from "../words.ts";
import { sameDefault, sameType } from "./table.ts";

function alterations(now: Column, wanted: Column): readonly string[] {
  return [
    ...(sameType(now, wanted)
      ? []
      : [`is ${typeInWords(now.type)} instead of ${typeInWords(wanted.type)}`]),
    ...(now.nullable === wanted.nullable
      ? []
      : [now.nullable ? "may be null and should not" : "may not be null and should"]),
    ...(sameDefault(now, wanted)
      ? []
      : [`has ${defaultInWords(now.default)} instead of ${defaultInWords(wanted.default)}`]),
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
    `the foreign key ${foreignKeyInWords(foreignKey)} of table "${table}" is missing`,
  dropForeignKey: ({ table, name }, live) => {
    const key = tableOf(live, table).foreignKeys.find((one) => one.name === name)!;
    return `the foreign key "${name}" ${
      foreignKeyInWords(key)
    } of table "${table}" should not be ` +
      "there";
  },
};

/** What a difference that `diff` found is, in words that go on from "the database differs: ". */
export function describe<K extends ChangeKind>(change: Change<K>, live: SchemaState): string {
  const description: Descriptions[K] = descriptions[change.kind];
  return description?.(change, live) ?? change.kind;
}
