/**
 * What a migration's author wrote: names may be missing, and conditions may depend on what is there.
 *
 * @module
 */
import type { Condition, RowValues } from "../schema/change.ts";
import type { Column, ReferentialAction, Scalar } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import type { DialectName } from "../sql/dialect_name.ts";

/** Options that every operation takes. */
export interface OperationOptions {
  /** The databases that the operation is for; all of them when left out. */
  readonly only?: DialectName | readonly DialectName[];
}

/** A unique constraint as written: its columns, or with a name of the author's choice. */
export type UniqueSpec =
  | readonly string[]
  | { readonly name: string; readonly columns: readonly string[] };

/** A foreign key as written; without a name the server's own is used. */
export interface ForeignKeySpec {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly refTable: string;
  readonly refColumns: readonly string[];
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
}

/** The body of a new table. */
export interface TableSpec {
  readonly columns: readonly Column[];
  readonly primaryKey?: readonly string[];
  readonly uniques?: readonly UniqueSpec[];
  /** Columns by index name. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  readonly foreignKeys?: readonly ForeignKeySpec[];
}

/** What may change about a column; what is left out stays as it is. */
export interface ColumnAlteration {
  readonly type?: ColumnType;
  readonly nullable?: boolean;
  readonly default?: Column["default"];
  readonly autoincrement?: boolean;
}

/** The kinds of operations and what each one says. */
export interface OperationMap {
  readonly createTable: {
    readonly table: string;
    readonly spec: TableSpec;
    readonly ifMissing: boolean;
  };
  readonly dropTable: { readonly table: string; readonly ifExists: boolean };
  readonly addColumn: {
    readonly table: string;
    readonly column: Column;
    readonly fill: Scalar;
    readonly ifMissing: boolean;
  };
  readonly dropColumn: { readonly table: string; readonly name: string };
  readonly alterColumn: {
    readonly table: string;
    readonly name: string;
    readonly alteration: ColumnAlteration;
  };
  readonly addPrimaryKey: { readonly table: string; readonly columns: readonly string[] };
  readonly dropPrimaryKey: { readonly table: string };
  readonly addUnique: { readonly table: string; readonly unique: UniqueSpec };
  readonly dropUnique: {
    readonly table: string;
    readonly columns: readonly string[];
    /** Which of several on the same columns; null for any. */
    readonly name: string | null;
    readonly ifExists: boolean;
  };
  readonly addIndex: {
    readonly table: string;
    readonly name: string;
    readonly columns: readonly string[];
    readonly unique: boolean;
  };
  readonly dropIndex: { readonly table: string; readonly name: string };
  readonly addForeignKey: { readonly table: string; readonly foreignKey: ForeignKeySpec };
  readonly dropForeignKey: {
    readonly table: string;
    readonly columns: readonly string[];
    /** Which of several of the same columns; null for any. */
    readonly name: string | null;
  };
  readonly updateRows: {
    readonly table: string;
    readonly set: RowValues;
    readonly where: Condition;
  };
  readonly deleteRows: { readonly table: string; readonly where: Condition };
  readonly execute: {
    readonly sql: Readonly<Record<DialectName, string>>;
    readonly warning: string | null;
  };
}

/** The name of a kind of operation. */
export type OperationKind = keyof OperationMap;

/** One operation, or one of the kinds given. */
export type Operation<K extends OperationKind = OperationKind> = {
  [P in K]: { readonly kind: P; readonly only: readonly DialectName[] | null } & OperationMap[P];
}[K];
