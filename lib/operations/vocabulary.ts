/**
 * The words that a migration is written in: each makes one operation, a frozen value.
 *
 * @module
 */
import type { ColumnTest } from "../schema/change.ts";
import type { Column, ReferentialAction, Scalar } from "../schema/schema.ts";
import { DIALECT_NAMES, type DialectName } from "../sql/dialect_name.ts";
import type {
  Operation,
  OperationKind,
  OperationMap,
  OperationOptions,
  TableSpec,
  UniqueSpec,
} from "./operation.ts";

function operation<K extends OperationKind>(
  kind: K,
  body: OperationMap[K],
  { only }: OperationOptions,
): Operation<K> {
  const dialects = only === undefined ? null : typeof only === "string" ? [only] : only;
  const made = { kind, only: dialects, ...body } as Operation<K>;
  Object.freeze(made);
  return made;
}

const forAll = (sql: string): Readonly<Record<DialectName, string>> =>
  Object.fromEntries(DIALECT_NAMES.map((name) => [name, sql])) as Record<DialectName, string>;

/** Creates a table; with `ifMissing` only where there is none of that name. */
export function createTable(
  table: string,
  spec: TableSpec,
  options: OperationOptions & { readonly ifMissing?: boolean } = {},
): Operation<"createTable"> {
  return operation("createTable", { table, spec, ifMissing: options.ifMissing ?? false }, options);
}

/** Drops a table with its rows; with `ifExists` only where there is one. */
export function dropTable(
  table: string,
  options: OperationOptions & { readonly ifExists?: boolean } = {},
): Operation<"dropTable"> {
  return operation("dropTable", { table, ifExists: options.ifExists ?? false }, options);
}

/**
 * Adds a column at the end of a table. `fill` is what rows that are there get, where the column may
 * not be null and has no default; `ifMissing` leaves a column of that name alone.
 */
export function addColumn(
  table: string,
  column: Column,
  options: OperationOptions & { readonly fill?: Scalar; readonly ifMissing?: boolean } = {},
): Operation<"addColumn"> {
  const { fill = null, ifMissing = false } = options;
  return operation("addColumn", { table, column, fill, ifMissing }, options);
}

/** Drops a column, and the constraints and indexes that it is part of. */
export function dropColumn(
  table: string,
  name: string,
  options: OperationOptions = {},
): Operation<"dropColumn"> {
  return operation("dropColumn", { table, name }, options);
}

/** Changes a column; what is left out stays as it is. */
export function alterColumn(
  table: string,
  name: string,
  alteration: Partial<Omit<Column, "name">>,
  options: OperationOptions = {},
): Operation<"alterColumn"> {
  return operation("alterColumn", { table, name, alteration }, options);
}

/** Makes these columns the primary key of a table that has none. */
export function primaryKey(
  table: string,
  columns: readonly string[],
  options: OperationOptions = {},
): Operation<"addPrimaryKey"> {
  return operation("addPrimaryKey", { table, columns }, options);
}

/** Drops the primary key of a table; the columns stay as they are. */
export function dropPrimaryKey(
  table: string,
  options: OperationOptions = {},
): Operation<"dropPrimaryKey"> {
  return operation("dropPrimaryKey", { table }, options);
}

/** Adds a unique constraint; without a name it gets the one that the server would give it. */
export function unique(
  table: string,
  unique: UniqueSpec,
  options: OperationOptions = {},
): Operation<"addUnique"> {
  return operation("addUnique", { table, unique }, options);
}

/** Drops the unique constraint on exactly these columns, whatever its name unless one is given. */
export function dropUnique(
  table: string,
  columns: readonly string[],
  options: OperationOptions & { readonly ifExists?: boolean; readonly name?: string } = {},
): Operation<"dropUnique"> {
  const { name = null, ifExists = false } = options;
  return operation("dropUnique", { table, columns, name, ifExists }, options);
}

/** Creates an index. */
export function index(
  name: string,
  table: string,
  columns: readonly string[],
  options: OperationOptions & { readonly unique?: boolean } = {},
): Operation<"addIndex"> {
  return operation("addIndex", { table, name, columns, unique: options.unique ?? false }, options);
}

/** Drops the index of that name. */
export function dropIndex(
  name: string,
  table: string,
  options: OperationOptions = {},
): Operation<"dropIndex"> {
  return operation("dropIndex", { table, name }, options);
}

/** Adds a foreign key; without a name it gets the one that the server would give it. */
export function foreignKey(
  table: string,
  columns: readonly string[],
  refTable: string,
  refColumns: readonly string[],
  options: OperationOptions & {
    readonly name?: string;
    readonly onDelete?: ReferentialAction;
    readonly onUpdate?: ReferentialAction;
  } = {},
): Operation<"addForeignKey"> {
  const { only: _, ...rest } = options;
  return operation(
    "addForeignKey",
    { table, foreignKey: { ...rest, columns, refTable, refColumns } },
    options,
  );
}

/** Drops the foreign key of exactly these columns, whatever its name unless one is given. */
export function dropForeignKey(
  table: string,
  columns: readonly string[],
  options: OperationOptions & { readonly name?: string } = {},
): Operation<"dropForeignKey"> {
  return operation("dropForeignKey", { table, columns, name: options.name ?? null }, options);
}

/** Gives the rows that pass all tests these values, in one statement. */
export function update(
  table: string,
  set: Readonly<Record<string, Scalar>>,
  options: OperationOptions & { readonly where?: readonly ColumnTest[] } = {},
): Operation<"updateRows"> {
  return operation("updateRows", { table, set, where: options.where ?? [] }, options);
}

/** Deletes the rows that pass all tests, in one statement. */
export function deleteRows(
  table: string,
  where: readonly ColumnTest[],
  options: OperationOptions = {},
): Operation<"deleteRows"> {
  return operation("deleteRows", { table, where }, options);
}

/**
 * Runs SQL that no other word can express and that leaves the schema as it is; one text for all
 * databases, or one for each. It may run twice, where a migration is resumed after a crash, so a
 * second run must do no harm. `warning` is reported when the statement changed rows; `{count}` in it
 * stands for how many. `does` says in a plan what the statement is for ("set the type of tasks"), and
 * `writes` names the table whose rows it changes. `reads` names what else must be there for it to run,
 * tables or `table.column`s: where a migration is resumed, the statement is made again only where all of
 * that still is; without `reads`, only where nothing at all has been dropped since. `initial` says that a new database needs it too, for
 * the rows that its tables begin with. `inBatches` says that the statement ends with a WHERE that AND
 * and a condition on the key of the table in `writes` may follow: it is then made for some rows at a
 * time where the server commits each statement at once.
 */
export function execute(
  sql: string | Readonly<Record<DialectName, string>>,
  options: OperationOptions & {
    readonly warning?: string;
    readonly does?: string;
    readonly writes?: string;
    readonly reads?: readonly string[];
    readonly initial?: true;
    readonly inBatches?: true;
  } = {},
): Operation<"execute"> {
  const texts = typeof sql === "string" ? forAll(sql) : sql;
  const { only: _, warning = null, ...purpose } = options;
  return operation("execute", { sql: texts, warning, ...purpose }, options);
}
