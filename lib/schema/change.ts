/**
 * What certainly happens to a database: every name is known and every condition is settled.
 *
 * @module
 */
import type { Column, ForeignKey, Index, Key, Scalar, Table } from "./schema.ts";

/** A test on one column of a row. `notEmpty` is false for NULL and for the text of no characters. */
export type ColumnTest =
  | { readonly column: string; readonly is: "null" | "notNull" | "notEmpty" }
  | { readonly column: string; readonly equals: Exclude<Scalar, null> };

/** Which rows are meant: those that pass all tests; every row when there is none. */
export type Condition = readonly ColumnTest[];

/** A row's new values, by column name. */
export type RowValues = Readonly<Record<string, Scalar>>;

/** The kinds of changes and what each one carries. */
export interface ChangeMap {
  readonly createTable: { readonly table: Table };
  readonly dropTable: { readonly table: string };
  /** `fill` is what rows that are already there get; only a column without a default needs it. */
  readonly addColumn: {
    readonly table: string;
    readonly column: Column;
    readonly fill: Scalar;
  };
  readonly dropColumn: { readonly table: string; readonly name: string };
  /** Gives the column of that name all that `column` says. */
  readonly alterColumn: { readonly table: string; readonly column: Column };
  readonly addPrimaryKey: { readonly table: string; readonly primaryKey: Key };
  readonly dropPrimaryKey: { readonly table: string };
  readonly addUnique: { readonly table: string; readonly unique: Key };
  readonly dropUnique: { readonly table: string; readonly name: string };
  readonly addIndex: { readonly table: string; readonly index: Index };
  readonly dropIndex: { readonly table: string; readonly name: string };
  readonly addForeignKey: { readonly table: string; readonly foreignKey: ForeignKey };
  readonly dropForeignKey: { readonly table: string; readonly name: string };
  readonly updateRows: {
    readonly table: string;
    readonly set: RowValues;
    readonly where: Condition;
  };
  readonly deleteRows: { readonly table: string; readonly where: Condition };
  /**
   * Finished SQL of the dialect for what no other kind can say. It must not change the schema.
   * `warning` is told when the statement changed rows; `{count}` in it stands for how many.
   */
  readonly execute: { readonly sql: string; readonly warning: string | null };
}

/** The name of a kind of change. */
export type ChangeKind = keyof ChangeMap;

/** One change, or one of the kinds given. */
export type Change<K extends ChangeKind = ChangeKind> = {
  [P in K]: { readonly kind: P } & ChangeMap[P];
}[K];
