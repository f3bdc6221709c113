/**
 * How PostgreSQL spells changes.
 *
 * @module
 */
import type { AppliedChange } from "../../../schema/apply.ts";
import type { Change } from "../../../schema/change.ts";
import { sameDefault } from "../../../schema/diff/mod.ts";
import { handle, type Handlers } from "../../../schema/handlers.ts";
import { type Column, type Key, type SchemaState, tableOf } from "../../../schema/schema.ts";
import type { ColumnType } from "../../../schema/types.ts";
import { literal } from "./literals.ts";
import { raw, type Statement } from "../../../sql/statement.ts";
import { statements, type Step, stepOf } from "../../step.ts";
import { columnBefore } from "../../effect.ts";
import {
  body,
  columnList,
  constraintLines,
  constraintText,
  createIndexText,
  defaultText,
  deleteRows,
  quoteWith,
  references,
  updateRows,
} from "../../shared/spelling.ts";
import { sequenceName } from "../../shared/names.ts";
import { typeText } from "./types.ts";

/** Quotes a PostgreSQL identifier. */
export const quote = quoteWith('"');

function columnText(column: Column): string {
  const { name, type, nullable, autoincrement } = column;
  return [
    quote(name),
    autoincrement ? "SERIAL" : typeText(type),
    ...(column.default ? [`DEFAULT ${defaultText(column.default, literal)}`] : []),
    ...(nullable ? [] : ["NOT NULL"]),
  ].join(" ");
}

function createTable({ table }: Change<"createTable">): readonly Statement[] {
  return statements(
    `CREATE TABLE ${quote(table.name)} ${
      body([...table.columns.map(columnText), ...constraintLines(table, quote)])
    }`,
    ...table.indexes.map((index) => createIndexText(table.name, index, quote)),
  );
}

const alterTable = (table: string, ...clauses: readonly string[]): string =>
  `ALTER TABLE ${quote(table)}\n${clauses.map((clause) => `  ${clause}`).join(",\n")}`;

function defaultClause({ default: value }: Column): string {
  return value ? `SET DEFAULT ${defaultText(value, literal)}` : "DROP DEFAULT";
}

function alterColumn(change: Change<"alter">, before: SchemaState): readonly Statement[] {
  const column = change.item;
  const now = columnBefore(change, before);
  const alter = `ALTER COLUMN ${quote(column.name)}`;
  const clauses: string[] = [];
  const retyped = typeText(now.type) !== typeText(column.type);
  const redefaulted = !sameDefault(now, column);
  // A default is not always converted along with the type, and not always to what is wanted.
  if (now.default && (retyped || (redefaulted && !column.default))) {
    clauses.push(`${alter} DROP DEFAULT`);
  }
  if (retyped) {
    clauses.push(`${alter} TYPE ${typeText(column.type)}${conversion(column, now.type)}`);
  }
  if (now.nullable !== column.nullable) {
    clauses.push(`${alter} ${column.nullable ? "DROP" : "SET"} NOT NULL`);
  }
  if (column.default && (retyped || redefaulted)) {
    clauses.push(`${alter} ${defaultClause(column)}`);
  }
  return [
    ...(clauses.length > 0 ? statements(alterTable(change.table, ...clauses)) : []),
    ...(now.autoincrement === column.autoincrement
      ? []
      : autoincrementStatements(change.table, column)),
  ];
}

/** Server-side numbering as SERIAL makes it: a sequence that goes along with the column. */
function autoincrementStatements(table: string, column: Column): readonly Statement[] {
  const sequence = quote(sequenceName(table, column.name));
  const [inTable, name] = [quote(table), quote(column.name)];
  if (!column.autoincrement) {
    return statements(
      alterTable(table, `ALTER COLUMN ${name} DROP IDENTITY IF EXISTS`),
      alterTable(table, `ALTER COLUMN ${name} DROP DEFAULT`),
      `DROP SEQUENCE IF EXISTS ${sequence}`,
    );
  }
  return statements(
    `CREATE SEQUENCE ${sequence} AS integer OWNED BY ${inTable}.${name}`,
    alterTable(
      table,
      `ALTER COLUMN ${name} SET DEFAULT nextval(${literal(sequence)}::regclass)`,
    ),
    `SELECT pg_catalog.setval(${
      literal(sequence)
    }, COALESCE(MAX(${name}), 0) + 1, FALSE)\nFROM ${inTable}`,
  );
}

/** The values of a type that text cannot become unasked, taken from those of another type. */
function conversion({ name, type }: Column, from: ColumnType): string {
  const isText = !["integer", "boolean", "datetime"].includes(type.kind);
  if (isText || type.kind === "other") return "";
  const direct = ["integer", "boolean"].includes(from.kind) && type.kind !== "datetime";
  return ` USING ${quote(name)}${direct ? "" : "::text"}::${typeText(type)}`;
}

function addConstraint(
  table: string,
  kind: string,
  { name, columns }: Key,
  rest = "",
): readonly Statement[] {
  const text = constraintText(name, `${kind} ${columnList(columns, quote)}${rest}`, quote);
  return statements(alterTable(table, `ADD ${text}`));
}

const dropConstraint = ({ table, name }: { table: string; name: string }): readonly Statement[] =>
  statements(alterTable(table, `DROP CONSTRAINT ${quote(name)}`));

const compilers: Handlers<[SchemaState], readonly Statement[]> = {
  createTable,
  dropTable: ({ table }) => statements(`DROP TABLE ${quote(table)}`),
  add: {
    columns: ({ table, item }) => statements(alterTable(table, `ADD COLUMN ${columnText(item)}`)),
    uniques: ({ table, item }) => addConstraint(table, "UNIQUE", item),
    indexes: ({ table, item }) => statements(createIndexText(table, item, quote)),
    foreignKeys: ({ table, item }) =>
      addConstraint(table, "FOREIGN KEY", item, ` ${references(item, quote)}`),
  },
  alter: alterColumn,
  drop: {
    columns: ({ table, name }) => statements(alterTable(table, `DROP COLUMN ${quote(name)}`)),
    uniques: dropConstraint,
    indexes: ({ name }) => statements(`DROP INDEX ${quote(name)}`),
    foreignKeys: dropConstraint,
  },
  addPrimaryKey: ({ table, primaryKey }) => addConstraint(table, "PRIMARY KEY", primaryKey),
  dropPrimaryKey: ({ table }, before) =>
    dropConstraint({ table, name: tableOf(before, table).primaryKey!.name }),
  updateRows: (change) => [updateRows(change, quote)],
  deleteRows: (change) => [deleteRows(change, quote)],
  execute: ({ sql }) => [raw(sql)],
};

/** One step a change: PostgreSQL rolls back a migration as a whole, so nothing is gained by less. */
export function compile(changes: readonly AppliedChange[]): readonly Step[] {
  return changes.map((applied) =>
    stepOf([applied], handle(compilers, applied.change, applied.before))
  );
}
