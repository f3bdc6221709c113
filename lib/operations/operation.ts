/**
 * What a migration's author wrote: names may be missing, and conditions may depend on what is there.
 *
 * @module
 */
import type { Condition, RowValues } from "../schema/change.ts";
import type { Column, ReferentialAction, Scalar } from "../schema/schema.ts";
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
  /** A name of the author's choice. */
  readonly name?: string;
  /** The columns that refer. */
  readonly columns: readonly string[];
  /** The table that is referred to. */
  readonly refTable: string;
  /** The columns that are referred to. */
  readonly refColumns: readonly string[];
  /** What happens when the row that is referred to goes. */
  readonly onDelete?: ReferentialAction;
  /** What happens when its key changes. */
  readonly onUpdate?: ReferentialAction;
}

/** The body of a new table. */
export interface TableSpec {
  /** In the order of the table. */
  readonly columns: readonly Column[];
  /** Names of the columns of the primary key. */
  readonly primaryKey?: readonly string[];
  /** Unique constraints, in the order in which the server names them. */
  readonly uniques?: readonly UniqueSpec[];
  /** Columns by index name. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  /** Foreign keys, in the order in which the server names them. */
  readonly foreignKeys?: readonly ForeignKeySpec[];
}

/**
 * What may change about a column; what is left out stays as it is.
 *
 * @internal
 */
export type ColumnAlteration = Partial<Omit<Column, "name">>;

/**
 * The kinds of operations and what each one says.
 *
 * @internal
 */
export interface OperationMap {
  /** See `createTable` of the vocabulary. */
  readonly createTable: {
    readonly table: string;
    readonly spec: TableSpec;
    readonly ifMissing: boolean;
  };
  /** See `dropTable` of the vocabulary. */
  readonly dropTable: { readonly table: string; readonly ifExists: boolean };
  /** See `addColumn` of the vocabulary. */
  readonly addColumn: {
    readonly table: string;
    readonly column: Column;
    readonly fill: Scalar;
    readonly ifMissing: boolean;
  };
  /** See `dropColumn` of the vocabulary. */
  readonly dropColumn: { readonly table: string; readonly name: string };
  /** See `alterColumn` of the vocabulary. */
  readonly alterColumn: {
    readonly table: string;
    readonly name: string;
    readonly alteration: ColumnAlteration;
  };
  /** See `primaryKey` of the vocabulary. */
  readonly addPrimaryKey: { readonly table: string; readonly columns: readonly string[] };
  /** See `dropPrimaryKey` of the vocabulary. */
  readonly dropPrimaryKey: { readonly table: string };
  /** See `unique` of the vocabulary. */
  readonly addUnique: { readonly table: string; readonly unique: UniqueSpec };
  /** See `dropUnique` of the vocabulary. */
  readonly dropUnique: {
    readonly table: string;
    readonly columns: readonly string[];
    /** Which of several on the same columns; null for any. */
    readonly name: string | null;
    readonly ifExists: boolean;
  };
  /** See `index` of the vocabulary. */
  readonly addIndex: {
    readonly table: string;
    readonly name: string;
    readonly columns: readonly string[];
    readonly unique: boolean;
  };
  /** See `dropIndex` of the vocabulary. */
  readonly dropIndex: { readonly table: string; readonly name: string };
  /** See `foreignKey` of the vocabulary. */
  readonly addForeignKey: { readonly table: string; readonly foreignKey: ForeignKeySpec };
  /** See `dropForeignKey` of the vocabulary. */
  readonly dropForeignKey: {
    readonly table: string;
    readonly columns: readonly string[];
    /** Which of several of the same columns; null for any. */
    readonly name: string | null;
  };
  /** See `update` of the vocabulary. */
  readonly updateRows: {
    readonly table: string;
    readonly set: RowValues;
    readonly where: Condition;
  };
  /** See `deleteRows` of the vocabulary. */
  readonly deleteRows: { readonly table: string; readonly where: Condition };
  /** See `execute` of the vocabulary. */
  readonly execute: {
    readonly sql: Readonly<Record<DialectName, string>>;
    readonly warning: string | null;
    // Left out rather than null: a site's migrations are known by the checksum of all they say.
    readonly does?: string;
    readonly writes?: string;
    readonly reads?: readonly string[];
    readonly initial?: boolean;
    readonly inBatches?: boolean;
  };
}

/**
 * The name of a kind of operation.
 *
 * @internal
 */
export type OperationKind = keyof OperationMap;

/** One operation, or one of the kinds given. */
export type Operation<K extends OperationKind = OperationKind> = {
  [P in K]: { readonly kind: P; readonly only: readonly DialectName[] | null } & OperationMap[P];
}[K];

/** Whether an operation is for a database. */
export const isFor = ({ only }: Operation, dialect: DialectName): boolean =>
  !only || only.includes(dialect);
