/**
 * What is different about a table that both schemas have.
 *
 * @module
 */
import {
  type Column,
  type ForeignKey,
  type Index,
  type Key,
  sameColumns,
  type Table,
} from "../schema.ts";
import type { ColumnType } from "../types.ts";
import { match, type Matched } from "./match.ts";

/** How a table has to change; names are those of the schema they are in. */
export interface TableDifference {
  readonly name: string;
  readonly columns: {
    readonly gone: readonly Column[];
    readonly come: readonly Column[];
    /** Columns of both, in the old form and in the new one. */
    readonly altered: readonly (readonly [Column, Column])[];
  };
  /** The old key and the new one; null where they are the same. */
  readonly primaryKey: readonly [Key | null, Key | null] | null;
  readonly uniques: Matched<Key>;
  readonly indexes: Matched<Index>;
  readonly foreignKeys: Matched<ForeignKey>;
}

/** Whether a column is the same but for its place; the types and defaults are in their stored form. */
export function sameColumn(left: Column, right: Column): boolean {
  return left.nullable === right.nullable && left.autoincrement === right.autoincrement &&
    sameType(left, right) && sameDefault(left, right);
}

/** Whether two columns have the same type. */
export function sameType({ type: left }: Column, { type: right }: Column): boolean {
  return left.kind === right.kind && detail(left) === detail(right);
}

/** What tells types of one kind apart. */
function detail(type: ColumnType): number | string | null {
  if ("length" in type) return type.length;
  return "sql" in type ? type.sql : null;
}

/** Whether two columns have the same default. */
export function sameDefault({ default: left }: Column, { default: right }: Column): boolean {
  if (left === null || right === null) return left === right;
  if ("sql" in left || "sql" in right) {
    return "sql" in left && "sql" in right && left.sql === right.sql;
  }
  return left.literal === right.literal;
}

const sameKey = (left: Key, right: Key): boolean => sameColumns(left.columns, right.columns);

const sameIndex = (left: Index, right: Index): boolean =>
  left.unique === right.unique && sameKey(left, right);

function sameForeignKey(left: ForeignKey, right: ForeignKey): boolean {
  return sameKey(left, right) && left.refTable === right.refTable &&
    sameColumns(left.refColumns, right.refColumns) &&
    left.onDelete === right.onDelete && left.onUpdate === right.onUpdate;
}

function columnsOf(from: Table, to: Table): TableDifference["columns"] {
  const old = new Map(from.columns.map((column) => [column.name, column]));
  const wanted = new Set(to.columns.map(({ name }) => name));
  return {
    gone: from.columns.filter(({ name }) => !wanted.has(name)),
    come: to.columns.filter(({ name }) => !old.has(name)),
    altered: to.columns.flatMap((column): readonly (readonly [Column, Column])[] => {
      const before = old.get(column.name);
      return before && !sameColumn(before, column) ? [[before, column]] : [];
    }),
  };
}

function primaryKeyOf(from: Table, to: Table): TableDifference["primaryKey"] {
  const [before, after] = [from.primaryKey, to.primaryKey];
  const same = before && after ? sameKey(before, after) : before === after;
  return same ? null : [before, after];
}

/**
 * An index that a server made for foreign keys comes and goes with them: it is no difference unless
 * they all go, since it stays then.
 */
function indexesOf(from: Table, to: Table, foreignKeys: Matched<ForeignKey>): Matched<Index> {
  const matched = match(from.indexes, to.indexes, sameIndex, () => false);
  const isServing = (index: Index) => foreignKeys.kept.some(([key]) => sameKey(key, index));
  return {
    ...matched,
    gone: matched.gone.filter((index) => !index.implicit || !isServing(index)),
    come: matched.come.filter((index) => !index.implicit),
  };
}

/** Compares two forms of a table; `anyName` tells the names of the second that do not matter. */
export function tableDifference(
  from: Table,
  to: Table,
  anyName: (name: string) => boolean,
): TableDifference {
  const foreignKeys = match(from.foreignKeys, to.foreignKeys, sameForeignKey, anyName);
  return {
    name: to.name,
    columns: columnsOf(from, to),
    primaryKey: primaryKeyOf(from, to),
    uniques: match(from.uniques, to.uniques, sameKey, anyName),
    indexes: indexesOf(from, to, foreignKeys),
    foreignKeys,
  };
}
