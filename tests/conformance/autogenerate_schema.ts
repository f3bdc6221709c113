/**
 * The schemas of the case files, as operations.
 *
 * @module
 */
import { createTable, foreignKey, index } from "../../lib/operations/vocabulary.ts";
import { column } from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Column, Default, ReferentialAction } from "../../lib/schema/schema.ts";
import type { ColumnType } from "../../lib/schema/types.ts";

/** A default as the files have it: a literal, or an expression. */
export type FileDefault = string | { readonly sql: string };

/** A constraint; without a name it is unnamed. */
interface FileKey {
  readonly name?: string | null;
  readonly columns: readonly string[];
}

/** One table of a file. */
export interface FileTable {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly default?: FileDefault | null;
    /** Ours; the files have none. */
    readonly autoincrement?: boolean;
  }[];
  readonly primaryKey: readonly string[];
  readonly unique: readonly FileKey[];
  readonly indexes: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly unique: boolean;
  }[];
  readonly foreignKeys: readonly (FileKey & {
    readonly refTable: string;
    readonly refColumns: readonly string[];
    readonly onDelete?: ReferentialAction | null;
    readonly onUpdate?: ReferentialAction | null;
  })[];
}

/** One schema of a file. */
export interface FileSchema {
  readonly tables: Readonly<Record<string, FileTable>>;
}

const KINDS: Readonly<Record<string, ColumnType["kind"]>> = {
  string: "string",
  char: "char",
  text: "text",
  mediumtext: "mediumText",
  longtext: "longText",
  integer: "integer",
  boolean: "boolean",
  datetime: "datetime",
};

/** Reads a type such as `string(64)`. */
export function typeOf(written: string): ColumnType {
  const [, name, length] = /^(\w+)(?:\((\d+)\))?$/.exec(written) ?? [];
  const kind = KINDS[name ?? ""];
  if (kind === undefined) throw new Error(`unknown type ${written}`);
  return (length === undefined ? { kind } : { kind, length: Number(length) }) as ColumnType;
}

/** Reads a default. */
export const defaultOf = (written: FileDefault): Default =>
  typeof written === "string" ? { literal: written } : written;

function columnOf({ name, type, nullable, ...rest }: FileTable["columns"][number]): Column {
  const written = rest.default ?? undefined;
  return column(name, typeOf(type), {
    nullable,
    autoincrement: rest.autoincrement ?? false,
    ...(written === undefined ? {} : { default: defaultOf(written) }),
  });
}

const tableOperations = ([name, table]: [string, FileTable]): readonly Operation[] => [
  createTable(name, {
    columns: table.columns.map(columnOf),
    ...(table.primaryKey.length > 0 ? { primaryKey: table.primaryKey } : {}),
    uniques: table.unique.map((key) =>
      key.name ? { name: key.name, columns: key.columns } : key.columns
    ),
  }),
  ...table.indexes.map(({ name: indexName, columns, unique }) =>
    index(indexName, name, columns, { unique })
  ),
];

const foreignKeyOperations = ([name, table]: [string, FileTable]): readonly Operation[] =>
  table.foreignKeys.map((key) =>
    foreignKey(name, key.columns, key.refTable, key.refColumns, {
      ...(key.name ? { name: key.name } : {}),
      ...(key.onDelete ? { onDelete: key.onDelete } : {}),
      ...(key.onUpdate ? { onUpdate: key.onUpdate } : {}),
    })
  );

/** What makes a schema of an empty database. */
export function operationsOf({ tables }: FileSchema): readonly Operation[] {
  const all = Object.entries(tables);
  return [...all.flatMap(tableOperations), ...all.flatMap(foreignKeyOperations)];
}
