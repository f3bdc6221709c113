/**
 * Changes in words, for a plan that people read.
 *
 * @module
 */
import type { AppliedChange } from "./apply.ts";
import { type Condition, tableOfChange } from "./change.ts";
import { handle, type Handlers } from "./handlers.ts";
import { PART_NOUNS } from "./part.ts";
import {
  type Column,
  columnOf,
  type Default,
  type ForeignKey,
  type SchemaState,
  tableOf,
} from "./schema.ts";
import type { ColumnType } from "./types.ts";

/** Column names in parentheses. */
export const columnsInWords = (names: readonly string[]): string => `(${names.join(", ")})`;

/** A type, as a migration's author writes it. */
export function typeInWords(type: ColumnType): string {
  if (type.kind === "other") return type.sql;
  return "length" in type ? `${type.kind}(${type.length})` : type.kind;
}

/** A server default; "no default" for none. */
export function defaultInWords(value: Default | null): string {
  if (value === null) return "no default";
  return `the default ${"sql" in value ? value.sql : JSON.stringify(value.literal)}`;
}

/** The columns of a foreign key, what they refer to, and actions that are not the usual ones. */
export function foreignKeyInWords(
  { columns, refTable, refColumns, onDelete, onUpdate }: ForeignKey,
): string {
  const actions = [
    ...(onDelete === "NO ACTION" ? [] : [`ON DELETE ${onDelete}`]),
    ...(onUpdate === "NO ACTION" ? [] : [`ON UPDATE ${onUpdate}`]),
  ];
  return [`${columnsInWords(columns)} to ${refTable}${columnsInWords(refColumns)}`, ...actions]
    .join(" ");
}

/** What is different about the two forms of a column. */
function alterations(now: Column, next: Column): string {
  const [from, to] = [typeInWords(now.type), typeInWords(next.type)];
  const [old, wanted] = [defaultInWords(now.default), defaultInWords(next.default)];
  return [
    ...(from === to ? [] : [`from ${from} to ${to}`]),
    ...(now.nullable === next.nullable ? [] : [next.nullable ? "to allow NULL" : "to NOT NULL"]),
    ...(old === wanted ? [] : [`to ${wanted}`]),
    ...(now.autoincrement === next.autoincrement
      ? []
      : [next.autoincrement ? "to number itself" : "to no longer number itself"]),
  ].join(" and ");
}

const tests = {
  null: "is NULL",
  notNull: "is not NULL",
  empty: "is empty",
  notEmpty: "is not empty",
};

function which(condition: Condition): string {
  if (condition.length === 0) return "of all rows";
  const parts = condition.map((test) =>
    "is" in test
      ? `${test.column} ${tests[test.is]}`
      : `${test.column} is ${JSON.stringify(test.equals)}`
  );
  return `where ${parts.join(" and ")}`;
}

/** What a change does to the table that it is about. */
const words: Handlers<[SchemaState], string> = {
  createTable: ({ table: { collation } }) =>
    collation
      ? `create the table with the older tables' collation ${collation}`
      : "create the table",
  dropTable: () => "drop the table",
  add: {
    columns: ({ item, fill }) => {
      const value = fill === null ? item.default : { literal: fill };
      return `add column ${item.name}${value ? ` with ${defaultInWords(value)}` : ""}`;
    },
    uniques: ({ item }) => `add unique constraint ${columnsInWords(item.columns)}`,
    indexes: ({ item }) => `add index ${columnsInWords(item.columns)}`,
    foreignKeys: ({ item }) => `add foreign key ${foreignKeyInWords(item)}`,
  },
  alter: ({ table, item }, before) =>
    `change ${item.name} ${alterations(columnOf(tableOf(before, table), item.name), item)}`,
  drop: ({ part, name }) => `drop ${PART_NOUNS[part]} ${name}`,
  addPrimaryKey: ({ primaryKey }) => `add primary key ${columnsInWords(primaryKey.columns)}`,
  dropPrimaryKey: () => "drop the primary key",
  updateRows: ({ set, where }) => `set ${Object.keys(set).join(", ")} ${which(where)}`,
  deleteRows: ({ where }) => `delete rows ${which(where)}`,
  execute: ({ does }) => does ?? "run SQL",
};

const phrase = ({ change, before }: AppliedChange): string => handle(words, change, before);

/** What changes do, by table, such as `workbooks_v2: add column namespace, drop index name`. */
export function inWords(changes: readonly AppliedChange[]): string {
  const byTable = Map.groupBy(changes, ({ change }) => tableOfChange(change));
  const parts = [...byTable].map(([table, own]) => {
    const phrases = [...new Set(own.map(phrase))].join(", ");
    return table === null ? phrases : `${table}: ${phrases}`;
  });
  return parts.join("; ");
}
