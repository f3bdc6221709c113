/**
 * Differences in words.
 *
 * @module
 */
import type { SchemaChange, SchemaChangeKind } from "../change.ts";
import { handle, type Handlers } from "../handlers.ts";
import { findPart, type Part, type PartMap } from "../part.ts";
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

/** A part of a table by its name, or where it is not there yet, by what tells it from others. */
const parts: { readonly [P in Part]: (item: PartMap[P], name: string) => string } = {
  columns: ({ name }) => `column "${name}"`,
  uniques: (key, name) => `the unique constraint ${name}${columns(key.columns)}`,
  indexes: (index) => `index "${index.name}" ${columns(index.columns)}`,
  foreignKeys: (key, name) => `the foreign key ${name}${foreignKeyInWords(key)}`,
};

function partInWords<P extends Part>(part: P, item: PartMap[P], name = ""): string {
  const words: (item: PartMap[P], name: string) => string = parts[part];
  return words(item, name);
}

const descriptions: Handlers<[SchemaState], string, SchemaChangeKind> = {
  createTable: ({ table }) => `table "${table.name}" is missing`,
  dropTable: ({ table }) => `table "${table}" should not be there`,
  add: ({ table, part, item }) => `${partInWords(part, item)} of table "${table}" is missing`,
  alter: ({ table, item }, live) => {
    const now = columnOf(tableOf(live, table), item.name);
    return `column "${item.name}" of table "${table}" ${alterations(now, item).join(", ")}`;
  },
  drop: ({ table, part, name }, live) => {
    const item = findPart(tableOf(live, table), part, name)!;
    return `${partInWords(part, item, `"${name}" `)} of table "${table}" should not be there`;
  },
  addPrimaryKey: ({ table, primaryKey }) =>
    `the primary key ${columns(primaryKey.columns)} of table "${table}" is missing`,
  dropPrimaryKey: ({ table }, live) =>
    `the primary key ${columns(tableOf(live, table).primaryKey!.columns)} of table "${table}" ` +
    "should not be there",
};

/** What a difference that `diff` found is, in words that go on from "the database differs: ". */
export function describe(change: SchemaChange, live: SchemaState): string {
  return handle(descriptions, change, live);
}
