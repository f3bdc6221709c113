/**
 * The parts of SQL that all three databases spell alike, once the quoting is known.
 *
 * @module
 */
import type { Change, Condition, RowValues } from "../../schema/change.ts";
import type { Default, ForeignKey, Index, Key, Table } from "../../schema/schema.ts";
import { type ColumnType, text } from "../../schema/types.ts";
import type { SpellLiteral } from "../../sql/literals.ts";
import { join, ofTable, raw, sql, type Statement } from "../../sql/statement.ts";

/** Quotes an identifier; doubles the quote character inside of it. */
export type Quote = (identifier: string) => string;

/** Makes the quoting of a database from its quote character. */
export function quoteWith(character: string): Quote {
  return (identifier) =>
    character + identifier.replaceAll(character, character + character) + character;
}

/** How a dialect names the types that have no length. */
export type TypeNames = Readonly<
  Record<Exclude<ColumnType["kind"], "string" | "char" | "other">, string>
>;

/** Makes the spelling of column types from the names of those that differ. */
export function typesNamed(names: TypeNames): (type: ColumnType) => string {
  return (type) => {
    if (type.kind === "other") return type.sql;
    if (type.kind === "string") return `VARCHAR(${type.length})`;
    if (type.kind === "char") return `CHAR(${type.length})`;
    return names[type.kind];
  };
}

/** The stored type where the server has one kind of unlimited text. */
export function withOneText(type: ColumnType): ColumnType {
  return type.kind === "mediumText" || type.kind === "longText" ? text : type;
}

/** A list of column names in parentheses. */
export function columnList(columns: readonly string[], quote: Quote): string {
  return `(${columns.map(quote).join(", ")})`;
}

/** Expressions that all servers take without parentheses, and older MySQL takes no other way. */
const BARE_DEFAULT = /^CURRENT_(TIMESTAMP|DATE|TIME)$/i;

/** What follows DEFAULT. Defaults are part of DDL, where no server takes bound values. */
export function defaultText(value: Default, literal: SpellLiteral): string {
  if ("literal" in value) return literal(value.literal);
  return BARE_DEFAULT.test(value.sql) ? value.sql : `(${value.sql})`;
}

/** REFERENCES and what follows it; an action that is the default is left out. */
export function references(key: ForeignKey, quote: Quote): string {
  const onDelete = key.onDelete === "NO ACTION" ? "" : ` ON DELETE ${key.onDelete}`;
  const onUpdate = key.onUpdate === "NO ACTION" ? "" : ` ON UPDATE ${key.onUpdate}`;
  return `REFERENCES ${quote(key.refTable)} ${
    columnList(key.refColumns, quote)
  }${onDelete}${onUpdate}`;
}

/** A constraint with its name, as a line of a table or after ADD. */
export function constraintText(name: string, rest: string, quote: Quote): string {
  return `CONSTRAINT ${quote(name)} ${rest}`;
}

/** The keys and foreign keys of a table, each with its name, as lines of CREATE TABLE. */
export function constraintLines(table: Table, quote: Quote): readonly string[] {
  const { primaryKey, uniques, foreignKeys } = table;
  const key = (kind: string, { name, columns }: Key) =>
    constraintText(name, `${kind} ${columnList(columns, quote)}`, quote);
  return [
    ...(primaryKey ? [key("PRIMARY KEY", primaryKey)] : []),
    ...uniques.map((unique) => key("UNIQUE", unique)),
    ...foreignKeys.map((foreign) => `${key("FOREIGN KEY", foreign)} ${references(foreign, quote)}`),
  ];
}

/** CREATE INDEX. */
export function createIndexText(
  table: string,
  { name, columns, unique }: Index,
  quote: Quote,
): string {
  const kind = unique ? "UNIQUE INDEX" : "INDEX";
  return `CREATE ${kind} ${quote(name)} ON ${quote(table)} ${columnList(columns, quote)}`;
}

/** A statement's clauses, one a line and indented, in parentheses. */
export function body(lines: readonly string[]): string {
  return `(\n${lines.map((line) => `  ${line}`).join(",\n")}\n)`;
}

const tests = {
  null: (column: string) => raw(`${column} IS NULL`),
  notNull: (column: string) => raw(`${column} IS NOT NULL`),
  empty: (column: string) => raw(`(${column} IS NULL OR LENGTH(${column}) = 0)`),
  // Not "<> ''": MySQL compares with padding, so that a blank would count as empty there.
  notEmpty: (column: string) => raw(`LENGTH(${column}) > 0`),
};

function where(condition: Condition, quote: Quote): Statement {
  if (condition.length === 0) return raw("");
  const parts = condition.map((test) =>
    "is" in test
      ? tests[test.is](quote(test.column))
      : sql`${raw(quote(test.column))} = ${test.equals}`
  );
  return sql`\nWHERE ${join(parts, " AND ")}`;
}

function assignments(set: RowValues, quote: Quote): Statement {
  return join(
    Object.entries(set).map(([column, value]) => sql`${raw(quote(column))} = ${value}`),
    ",\n    ",
  );
}

/** UPDATE, for all rows that the condition is true of at once. */
export function updateRows(change: Change<"updateRows">, quote: Quote): Statement {
  const set = assignments(change.set, quote);
  const table = quote(change.table);
  return ofTable(
    table,
    sql`${raw(`UPDATE ${table}\nSET `)}${set}${where(change.where, quote)}`,
  );
}

/** DELETE, for all rows that the condition is true of at once. */
export function deleteRows(change: Change<"deleteRows">, quote: Quote): Statement {
  const table = quote(change.table);
  return ofTable(table, sql`${raw(`DELETE FROM ${table}`)}${where(change.where, quote)}`);
}
