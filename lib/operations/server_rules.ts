/**
 * What resolving an operation has to know of the server that it is meant for.
 *
 * @module
 */
import type { Change } from "../schema/change.ts";
import type { Default, ReferentialAction, SchemaState } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import type { DialectName } from "../sql/dialect_name.ts";

/** What the server calls what the author left unnamed. `columns` are those of the constraint. */
export interface Names {
  /** The name of an unnamed primary key. */
  primaryKey(schema: SchemaState, table: string): string;
  /** The name of an unnamed unique constraint. */
  unique(schema: SchemaState, table: string, columns: readonly string[]): string;
  /** The name of an unnamed foreign key. */
  foreignKey(schema: SchemaState, table: string, columns: readonly string[]): string;
}

/** The server's part in a change: its types, its names, and what it does of its own accord. */
export interface ServerRules {
  /** Which database it is. */
  readonly dialect: DialectName;
  /** The names that it makes up. */
  readonly names: Names;
  /** The type that the server keeps for the type that was asked for. */
  storedType(type: ColumnType): ColumnType;
  /** The default that the server keeps for the one asked for in a column of that stored type. */
  storedDefault(value: Default, type: ColumnType): Default | null;
  /** What the server keeps for the action asked for. */
  storedAction(action: ReferentialAction): ReferentialAction;
  /** Whether a unique index is a unique constraint in all but name, so that nobody can tell them apart. */
  readonly uniqueIndexIsConstraint: boolean;
  /**
   * How a column comes to a table whose rows get `fill` in it: the change as it is where the server's
   * SQL says so, else with a default that is put right afterwards.
   */
  filled(change: Change<"add", "columns">): readonly Change[];
  /** Whether the rows get `fill` without being written. */
  readonly fillsInCatalog: boolean;
  /** How a new table is made beside those that there are. */
  creating(change: Change<"createTable">, before: SchemaState): Change<"createTable">;
  /** What has to be made before `change` for the server to allow it. */
  prerequisites(change: Change, before: SchemaState): readonly Change[];
  /** What the server does by itself once `change` is made; `after` has the change in it. */
  consequences(change: Change, after: SchemaState): readonly Change[];
}
