/**
 * What certainly happens to a database: every name is known and every condition is settled.
 *
 * @module
 */
import type { Column, ForeignKey, Index, Key, Scalar, Table } from "./schema.ts";

/** A test on one column of a row. NULL and the text of no characters are empty. */
export type ColumnTest =
  | { readonly column: string; readonly is: "null" | "notNull" | "empty" | "notEmpty" }
  | { readonly column: string; readonly equals: Exclude<Scalar, null> };

/** Which rows are meant: those that pass all tests; every row when there is none. */
export type Condition = readonly ColumnTest[];

/** A row's new values, by column name. */
export type RowValues = Readonly<Record<string, Scalar>>;

/** The kinds of changes and what each one carries. */
export interface ChangeMap {
  /** A table comes, with all that is in it. */
  readonly createTable: { readonly table: Table };
  /** A table goes, with its rows. */
  readonly dropTable: { readonly table: string };
  /** `fill` is what rows that are already there get; only a column without a default needs it. */
  readonly addColumn: {
    readonly table: string;
    readonly column: Column;
    readonly fill: Scalar;
  };
  /** A column goes; nothing else of the table has it any more. */
  readonly dropColumn: { readonly table: string; readonly name: string };
  /** Gives the column of that name all that `column` says. */
  readonly alterColumn: { readonly table: string; readonly column: Column };
  /** The table gets a primary key. */
  readonly addPrimaryKey: { readonly table: string; readonly primaryKey: Key };
  /** The table's primary key goes. */
  readonly dropPrimaryKey: { readonly table: string };
  /** A unique constraint comes. */
  readonly addUnique: { readonly table: string; readonly unique: Key };
  /** The unique constraint of that name goes. */
  readonly dropUnique: { readonly table: string; readonly name: string };
  /** An index comes. */
  readonly addIndex: { readonly table: string; readonly index: Index };
  /** The index of that name goes. */
  readonly dropIndex: { readonly table: string; readonly name: string };
  /** A foreign key comes. */
  readonly addForeignKey: { readonly table: string; readonly foreignKey: ForeignKey };
  /** The foreign key of that name goes. */
  readonly dropForeignKey: { readonly table: string; readonly name: string };
  /** Rows that pass all tests get new values. */
  readonly updateRows: {
    readonly table: string;
    readonly set: RowValues;
    readonly where: Condition;
  };
  /** Rows that pass all tests go. */
  readonly deleteRows: { readonly table: string; readonly where: Condition };
  /**
   * Finished SQL of the dialect for what no other kind can say. It must not change the schema.
   * `warning` is reported when the statement changed rows; `{count}` in it stands for how many.
   * `does` says in words what it is for; `writes` names the table whose rows it changes; `inBatches`
   * means that its WHERE, at its end, may be followed by AND and another condition on that table.
   */
  readonly execute: {
    readonly sql: string;
    readonly warning: string | null;
    readonly does: string | null;
    readonly writes: string | null;
    readonly inBatches: boolean;
  };
}

/** The name of a kind of change. */
export type ChangeKind = keyof ChangeMap;

/** One change, or one of the kinds given. */
export type Change<K extends ChangeKind = ChangeKind> = {
  [P in K]: { readonly kind: P } & ChangeMap[P];
}[K];

/** Whether a change is about rows and leaves the schema as it is. */
export const isOfRows = ({ kind }: Change): boolean =>
  kind === "updateRows" || kind === "deleteRows" || kind === "execute";

/** The table that a change is about; null for SQL that does not say. */
export function tableOfChange(change: Change): string | null {
  if (change.kind === "createTable") return change.table.name;
  return change.kind === "execute" ? change.writes : change.table;
}
