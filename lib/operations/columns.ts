/**
 * How a migration's author writes columns and the tests on them.
 *
 * @module
 */
import type { ColumnTest } from "../schema/change.ts";
import type { Column, Default, Scalar } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";

export {
  boolean,
  char,
  datetime,
  integer,
  longText,
  mediumText,
  string,
  text,
} from "../schema/types.ts";

/** What a column is besides its name and type: nullable, without a default, not numbered. */
export interface ColumnOptions {
  /** False for NOT NULL. */
  readonly nullable?: boolean;
  /** A literal, or `{ sql }` for an expression. */
  readonly default?: string | number | boolean | Default;
  /** True for a number that the server gives. */
  readonly autoincrement?: boolean;
}

function defaultOf(written: ColumnOptions["default"]): Default | null {
  if (written === undefined) return null;
  return typeof written === "object" ? written : { literal: written };
}

/** A column; nullable and without a server default unless `options` say otherwise. */
export function column(name: string, type: ColumnType, options: ColumnOptions = {}): Column {
  return {
    name,
    type,
    nullable: options.nullable ?? true,
    default: defaultOf(options.default),
    autoincrement: options.autoincrement ?? false,
  };
}

/** True for rows that have no value in the column. */
export const isNull = (column: string): ColumnTest => ({ column, is: "null" });

/** True for rows that have a value in the column. */
export const isNotNull = (column: string): ColumnTest => ({ column, is: "notNull" });

/** True for rows that have no value in the column, or a text of no characters. */
export const isEmpty = (column: string): ColumnTest => ({ column, is: "empty" });

/** True for rows whose text in the column has at least one character, be it a blank. */
export const isNotEmpty = (column: string): ColumnTest => ({ column, is: "notEmpty" });

/** True for rows that have this value in the column. */
export const equals = (column: string, value: Exclude<Scalar, null>): ColumnTest => ({
  column,
  equals: value,
});
