/**
 * The parts of a table that have names: what a table has lists of.
 *
 * @module
 */
import type { Column, ForeignKey, Index, Key, Table } from "./schema.ts";

/** The lists of a table, and what each one holds. */
export interface PartMap {
  /** In the server's order. */
  readonly columns: Column;
  /** Unique constraints. */
  readonly uniques: Key;
  /** Indexes that stand for no constraint. */
  readonly indexes: Index;
  /** Foreign keys of the table. */
  readonly foreignKeys: ForeignKey;
}

/** The name of a list of a table. */
export type Part = keyof PartMap;

/** What one member of each list is called. */
export const PART_NOUNS: Readonly<Record<Part, string>> = {
  columns: "column",
  uniques: "unique constraint",
  indexes: "index",
  foreignKeys: "foreign key",
};

/** All lists, in the order of a table. */
export const PARTS = Object.keys(PART_NOUNS) as readonly Part[];

/** The key of a member of a list, or of the primary key, among all objects of a schema. */
export const partKey = (table: string, part: Part | "primaryKey", name: string): string =>
  `${table}.${part}.${name}`;

/** The member of that name; undefined where there is none. */
export const findPart = <P extends Part>(
  table: Table,
  part: P,
  name: string,
): PartMap[P] | undefined =>
  (table[part] as readonly PartMap[P][]).find((one) => one.name === name);
