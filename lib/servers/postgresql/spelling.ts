/**
 * How PostgreSQL spells changes.
 *
 * @module
 */
import type { AppliedChange } from "../../schema/apply.ts";
import type { Change } from "../../schema/change.ts";
import { type Column, columnOf, type SchemaState, tableOf } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { literals } from "../../sql/literals.ts";
import { raw, type Statement } from "../../sql/statement.ts";
import { type Compilers, spell, statements, type Step, stepOf } from "../server.ts";
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
} from "../shared/spelling.ts";
import { sequenceName } from "./names.ts";
import { typeText } from "./types.ts";

/** Quotes a PostgreSQL identifier. */
export const quote = quoteWith('"');

const literal = literals.postgresql;

function columnText(column: Column): string {
  const { name, type, nullable, autoincrement } = column;
  return [
    quote(name),
    autoincrement ? "SERIAL" : typeText(type),
    ...(column.default ? [`DEFAULT ${defaultText(column.default, literal)}`] : []),
    ...(nullable ? [] : ["NOT NULL"]),
  ].join(" ");
}

const constraint = (name: string, rest: string): string => constraintText(name, rest, quote);

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

function alterColumn(change: Change<"alterColumn">, before: SchemaState): readonly Statement[] {
  const { column } = change;
  const now = columnOf(tableOf(before, change.table), column.name);
  const alter = `ALTER COLUMN ${quote(column.name)}`;
  const clauses: string[] = [];
  const retyped = typeText(now.type) !== typeText(column.type);
  const redefaulted = JSON.stringify(now.default) !== JSON.stringify(column.default);
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

const dropConstraint = ({ table, name }: { table: string; name: string }): readonly Statement[] =>
  statements(alterTable(table, `DROP CONSTRAINT ${quote(name)}`));

const compilers: Compilers<readonly Statement[]> = {
  createTable,
  dropTable: ({ table }) => statements(`DROP TABLE ${quote(table)}`),
  addColumn: ({ table, column }) =>
    statements(alterTable(table, `ADD COLUMN ${columnText(column)}`)),
  dropColumn: ({ table, name }) => statements(alterTable(table, `DROP COLUMN ${quote(name)}`)),
  alterColumn,
  addPrimaryKey: ({ table, primaryKey: { name, columns } }) =>
    statements(
      alterTable(table, `ADD ${constraint(name, `PRIMARY KEY ${columnList(columns, quote)}`)}`),
    ),
  dropPrimaryKey: ({ table }, before) =>
    dropConstraint({ table, name: tableOf(before, table).primaryKey!.name }),
  addUnique: ({ table, unique: { name, columns } }) =>
    statements(
      alterTable(table, `ADD ${constraint(name, `UNIQUE ${columnList(columns, quote)}`)}`),
    ),
  dropUnique: dropConstraint,
  addIndex: ({ table, index }) => statements(createIndexText(table, index, quote)),
  dropIndex: ({ name }) => statements(`DROP INDEX ${quote(name)}`),
  addForeignKey: ({ table, foreignKey: key }) =>
    statements(
      alterTable(
        table,
        `ADD ${
          constraint(
            key.name,
            `FOREIGN KEY ${columnList(key.columns, quote)} ${references(key, quote)}`,
          )
        }`,
      ),
    ),
  dropForeignKey: dropConstraint,
  updateRows: (change) => [updateRows(change, quote)],
  deleteRows: (change) => [deleteRows(change, quote)],
  execute: ({ sql }) => [raw(sql)],
};

/** One step a change: PostgreSQL rolls back a migration as a whole, so nothing is gained by less. */
export function compile(changes: readonly AppliedChange[]): readonly Step[] {
  return changes.map((applied) => stepOf([applied], spell(compilers, applied)));
}
