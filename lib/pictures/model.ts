/**
 * What a picture of a schema shows: tables with their columns, and which revision brought each.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import { foldEach } from "../plan/fold.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { releasesAt } from "../revisions/target/releases.ts";
import type { SchemaState, Table } from "../schema/schema.ts";
import { defaultInWords, typeInWords } from "../schema/words.ts";

/** One column. */
export interface ShownColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** In words; null where there is none. */
  readonly default: string | null;
  readonly primaryKey: boolean;
  /** What it refers to; null where it refers to nothing. */
  readonly refers: { readonly table: string; readonly column: string } | null;
}

/** One table. */
export interface ShownTable {
  readonly name: string;
  readonly columns: readonly ShownColumn[];
  /** The columns of each unique constraint. */
  readonly uniques: readonly (readonly string[])[];
  /** The columns of each index. */
  readonly indexes: readonly (readonly string[])[];
}

/** The schema of one revision. */
export interface ShownRevision {
  readonly revision: string;
  readonly message: string;
  readonly releases: readonly string[];
  readonly tables: readonly ShownTable[];
}

function shownTable(
  { name, columns, primaryKey, uniques, indexes, foreignKeys }: Table,
): ShownTable {
  return {
    name,
    columns: columns.map((column) => {
      const key = foreignKeys.find((one) => one.columns.includes(column.name));
      return {
        name: column.name,
        type: typeInWords(column.type),
        nullable: column.nullable,
        default: column.default && defaultInWords(column.default).replace("the default ", ""),
        primaryKey: primaryKey?.columns.includes(column.name) ?? false,
        refers: key
          ? { table: key.refTable, column: key.refColumns[key.columns.indexOf(column.name)]! }
          : null,
      };
    }),
    uniques: uniques.map((unique) => unique.columns),
    indexes: indexes.filter(({ implicit }) => !implicit).map((index) => index.columns),
  };
}

/** A schema as a picture shows it, its tables in order of name. */
export function shownTables({ tables }: SchemaState): readonly ShownTable[] {
  return [...tables.values()].map(shownTable)
    .toSorted((left, right) => left.name < right.name ? -1 : 1);
}

/** The schemas of a line of revisions, oldest first. */
export function shownRevisions(
  history: readonly Revision[],
  server: Server,
): readonly ShownRevision[] {
  return foldEach(history, server.rules).map(({ revision: { id, message }, schema }) => ({
    revision: id,
    message,
    releases: releasesAt(id).map(({ series }) => series),
    tables: shownTables(schema),
  }));
}
