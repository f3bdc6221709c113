/**
 * The schema as a value: what tables there are, and what they are made of.
 *
 * @module
 */
import { Misfit } from "./misfit.ts";
import type { ColumnType } from "./types.ts";

/** A value that a row can hold and a script can spell. */
export type Scalar = string | number | boolean | null;

/** A server default: a literal to be quoted by the dialect, or an expression as the server spells it. */
export type Default = { readonly literal: string | number | boolean } | { readonly sql: string };

/** One column; `default` is null where the server has none. */
export interface Column {
  /** Its name, as the server has it. */
  readonly name: string;
  /** What it holds. */
  readonly type: ColumnType;
  /** Whether it may be NULL. */
  readonly nullable: boolean;
  /** The server's default. */
  readonly default: Default | null;
  /** Numbered by the server: SERIAL, AUTO_INCREMENT, or SQLite's row id. */
  readonly autoincrement: boolean;
}

/** A primary key or unique constraint. */
export interface Key {
  /** Its name, as the server has it. */
  readonly name: string;
  /** Names of its columns, in order. */
  readonly columns: readonly string[];
}

/** An index that no constraint stands for. */
export interface Index {
  /** Its name, as the server has it. */
  readonly name: string;
  /** Names of its columns, in order. */
  readonly columns: readonly string[];
  /** Whether no two rows may have the same values in them. */
  readonly unique: boolean;
  /** Made by MySQL for a foreign key; it vanishes when an explicit index can serve instead. */
  readonly implicit: boolean;
}

/** What happens to the rows that refer, when the row that they refer to goes or changes. */
export type ReferentialAction = "NO ACTION" | "RESTRICT" | "CASCADE" | "SET NULL" | "SET DEFAULT";

/** A foreign key. */
export interface ForeignKey {
  /** Its name, as the server has it. */
  readonly name: string;
  /** Names of the columns that refer. */
  readonly columns: readonly string[];
  /** The table that is referred to. */
  readonly refTable: string;
  /** Names of the columns that are referred to. */
  readonly refColumns: readonly string[];
  /** What happens when the row that is referred to goes. */
  readonly onDelete: ReferentialAction;
  /** What happens when its key changes. */
  readonly onUpdate: ReferentialAction;
}

/** One table; columns in the server's order, constraints and indexes in the order of their creation. */
export interface Table {
  /** Its name, as the server has it. */
  readonly name: string;
  /** In the server's order. */
  readonly columns: readonly Column[];
  /** Null where there is none. */
  readonly primaryKey: Key | null;
  /** Unique constraints. */
  readonly uniques: readonly Key[];
  /** Indexes that stand for no constraint. */
  readonly indexes: readonly Index[];
  /** Foreign keys of this table. */
  readonly foreignKeys: readonly ForeignKey[];
  /** The collation of its texts on MySQL and MariaDB, where it is not the default of the database. */
  readonly collation?: string;
  /**
   * SQL that makes again what this value does not model and a SQLite table rebuild would lose:
   * triggers, partial and expression indexes.
   */
  readonly madeAgainInRebuild?: readonly string[];
  /** What a SQLite table rebuild would lose for good, in the words of its CREATE TABLE: `CHECK`. */
  readonly lostInRebuild?: readonly string[];
}

/** All tables of one database but `alembic_version`, by name. */
export interface SchemaState {
  /** The tables by name. */
  readonly tables: ReadonlyMap<string, Table>;
}

/** A database without tables. */
export const emptySchema: SchemaState = Object.freeze({ tables: new Map<string, Table>() });

/** Makes a schema value of tables. */
export function schemaOf(tables: Iterable<Table>): SchemaState {
  return { tables: new Map(Array.from(tables, (table) => [table.name, table])) };
}

/**
 * The table of that name.
 *
 * @throws {Misfit} When the schema has no such table.
 */
export function tableOf(schema: SchemaState, name: string): Table {
  const table = schema.tables.get(name);
  if (!table) {
    throw new Misfit({
      failed: `Cannot find table "${name}"`,
      because: "the schema does not have it",
    });
  }
  return table;
}

/**
 * The column of that name.
 *
 * @throws {Misfit} When the table has no such column.
 */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) {
    throw new Misfit({
      failed: `Cannot find column "${name}"`,
      because: `table "${table.name}" does not have it`,
    });
  }
  return column;
}

/** Whether two lists of column names are the same, order included. */
export function sameColumns(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, index) => name === right[index]);
}

/** Whether a key on `columns` can serve a lookup by `prefix`. */
export function startsWithColumns(columns: readonly string[], prefix: readonly string[]): boolean {
  return sameColumns(columns.slice(0, prefix.length), prefix);
}
