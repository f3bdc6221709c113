/**
 * What certainly happens to a database: every name is known and every condition is settled.
 *
 * @module
 */
import { type Part, partKey, type PartMap } from "./part.ts";
import type { Column, ForeignKey, Index, Key, Scalar, Table } from "./schema.ts";

/** A test on one column of a row. NULL and the text of no characters are empty. */
export type ColumnTest =
  | { readonly column: string; readonly is: "null" | "notNull" | "empty" | "notEmpty" }
  | { readonly column: string; readonly equals: Exclude<Scalar, null> };

/** Which rows are meant: those that pass all tests; every row when there is none. */
export type Condition = readonly ColumnTest[];

/** A row's new values, by column name. */
export type RowValues = Readonly<Record<string, Scalar>>;

/** What comes with a new part of a table. */
export interface Additions {
  /** `fill` is what rows that are already there get; only a column without a default needs it. */
  readonly columns: { readonly item: Column; readonly fill: Scalar };
  /** A unique constraint. */
  readonly uniques: { readonly item: Key };
  /** An index that stands for no constraint. */
  readonly indexes: { readonly item: Index };
  /** A foreign key. */
  readonly foreignKeys: { readonly item: ForeignKey };
}

/** The kinds of changes and what each one carries; those of parts for the parts given. */
export interface ChangeMap<P extends Part = Part> {
  /** A table comes, with all that is in it. */
  readonly createTable: { readonly table: Table };
  /** A table goes, with its rows. */
  readonly dropTable: { readonly table: string };
  /** A part of a table comes. */
  readonly add: {
    [Q in P]: { readonly table: string; readonly part: Q } & Additions[Q];
  }[P];
  /** Gives the column of that name all that `item` says; no other part is ever altered. */
  readonly alter: { readonly table: string; readonly part: "columns"; readonly item: Column };
  /** The part of that name goes; nothing else of the table needs it any more. */
  readonly drop: { readonly table: string; readonly part: P; readonly name: string };
  /** The table gets a primary key. */
  readonly addPrimaryKey: { readonly table: string; readonly primaryKey: Key };
  /** The table's primary key goes. */
  readonly dropPrimaryKey: { readonly table: string };
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
   * `does` says in words what it is for; `writes` names the table whose rows it changes, and `reads` the
   * tables and the columns, as `table.column`, that it needs besides; `inBatches` means that its WHERE, at
   * its end, may be followed by AND and another condition on the table that it writes.
   */
  readonly execute: {
    readonly sql: string;
    readonly warning: string | null;
    readonly does: string | null;
    readonly writes: string | null;
    readonly reads: readonly string[] | null;
    readonly inBatches: boolean;
  };
}

/** The name of a kind of change. */
export type ChangeKind = keyof ChangeMap;

/** One change, or one of the kinds and for the parts given. */
export type Change<K extends ChangeKind = ChangeKind, P extends Part = Part> = {
  [Q in K]: { readonly kind: Q } & ChangeMap<P>[Q];
}[K];

/** Kinds of changes that leave the schema as it is. */
export type RowChangeKind = "updateRows" | "deleteRows" | "execute";

/** Kinds of changes of the schema. */
export type SchemaChangeKind = Exclude<ChangeKind, RowChangeKind>;

/** A change of the schema. */
export type SchemaChange = Change<SchemaChangeKind>;

const OF_ROWS: Readonly<Record<RowChangeKind, true>> = {
  updateRows: true,
  deleteRows: true,
  execute: true,
};

/** Whether a change is about rows and leaves the schema as it is. */
export const isOfRows = (change: Change): change is Change<RowChangeKind> => change.kind in OF_ROWS;

/** Whether a change is about the schema. */
export const isOfSchema = (change: Change): change is SchemaChange => !isOfRows(change);

/** The table that a change is about; null for SQL that does not say. */
export function tableOfChange(change: SchemaChange): string;
/** The same of any change. */
export function tableOfChange(change: Change): string | null;
export function tableOfChange(change: Change): string | null {
  if (change.kind === "createTable") return change.table.name;
  return change.kind === "execute" ? change.writes : change.table;
}

/** Adds a part to a table; a new column fills nothing into rows that are there. */
export const adding = <P extends Part>(table: string, part: P, item: PartMap[P]): Change<"add"> =>
  ({
    ...{ kind: "add", table, part, item },
    ...(part === "columns" ? { fill: null } : {}),
  }) as Change<"add">;

/** Drops a part of a table. */
export const dropping = (
  table: string,
  part: Part,
  { name }: { readonly name: string },
): Change<"drop"> => ({ kind: "drop", table, part, name });

/** The object of the schema that a change is about, by its key: a table, or a part of one. */
export function objectOf(change: SchemaChange): string {
  const table = tableOfChange(change);
  switch (change.kind) {
    case "createTable":
    case "dropTable":
      return table;
    case "addPrimaryKey":
    case "dropPrimaryKey":
      return partKey(table, "primaryKey", "");
    case "add":
    case "alter":
      return partKey(table, change.part, change.item.name);
    case "drop":
      return partKey(table, change.part, change.name);
  }
}
