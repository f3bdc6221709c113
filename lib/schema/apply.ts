/**
 * Applying a change: what the schema is after it.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import type { Change, ChangeKind } from "./change.ts";
import { columnOf, type SchemaState, type Table, tableOf } from "./schema.ts";

type Appliers = {
  readonly [K in ChangeKind]: (schema: SchemaState, change: Change<K>) => SchemaState;
};

/** The lists of a table that hold named things. */
type NamedList = "columns" | "uniques" | "indexes" | "foreignKeys";

function put(schema: SchemaState, table: Table): SchemaState {
  return { tables: new Map(schema.tables).set(table.name, table) };
}

function without(schema: SchemaState, name: string): SchemaState {
  tableOf(schema, name);
  const tables = new Map(schema.tables);
  tables.delete(name);
  return { tables };
}

function addTo<L extends NamedList>(
  schema: SchemaState,
  tableName: string,
  list: L,
  item: Table[L][number],
): SchemaState {
  const table = tableOf(schema, tableName);
  if (table[list].some(({ name }) => name === item.name)) {
    throw new OperatorError(
      `Cannot add "${item.name}" to table "${tableName}": it is already there`,
    );
  }
  return put(schema, { ...table, [list]: [...table[list], item] });
}

/** Adds a constraint or an index, all columns of which must be there. */
function addKeyTo<L extends Exclude<NamedList, "columns">>(
  schema: SchemaState,
  tableName: string,
  list: L,
  item: Table[L][number],
): SchemaState {
  const table = tableOf(schema, tableName);
  for (const name of item.columns) columnOf(table, name);
  return addTo(schema, tableName, list, item);
}

function dropFrom(
  schema: SchemaState,
  tableName: string,
  list: NamedList,
  name: string,
): SchemaState {
  const table = tableOf(schema, tableName);
  if (!table[list].some((item) => item.name === name)) {
    throw new OperatorError(`Cannot drop "${name}" of table "${tableName}": it is not there`);
  }
  const kept = (table[list] as readonly { name: string }[]).filter((item) => item.name !== name);
  return put(schema, { ...table, [list]: kept });
}

function createTable(schema: SchemaState, { table }: Change<"createTable">): SchemaState {
  if (schema.tables.has(table.name)) {
    throw new OperatorError(`Cannot create table "${table.name}": it is already there`);
  }
  return put(schema, table);
}

function alterColumn(schema: SchemaState, change: Change<"alterColumn">): SchemaState {
  const table = tableOf(schema, change.table);
  const before = columnOf(table, change.column.name);
  const columns = table.columns.map((column) => column === before ? change.column : column);
  return put(schema, { ...table, columns });
}

function addPrimaryKey(
  schema: SchemaState,
  { table: name, primaryKey }: Change<"addPrimaryKey">,
): SchemaState {
  const table = tableOf(schema, name);
  for (const column of primaryKey.columns) columnOf(table, column);
  if (table.primaryKey) {
    throw new OperatorError(`Cannot add a primary key to table "${name}": it has one already`);
  }
  // No column of a primary key may be null; it stays so when the key goes.
  const columns = table.columns.map((column) =>
    primaryKey.columns.includes(column.name) ? { ...column, nullable: false } : column
  );
  return put(schema, { ...table, columns, primaryKey });
}

function dropPrimaryKey(
  schema: SchemaState,
  { table: name }: Change<"dropPrimaryKey">,
): SchemaState {
  const table = tableOf(schema, name);
  if (!table.primaryKey) {
    throw new OperatorError(`Cannot drop the primary key of table "${name}": it has none`);
  }
  return put(schema, { ...table, primaryKey: null });
}

const same = (schema: SchemaState): SchemaState => schema;

const appliers: Appliers = {
  createTable,
  dropTable: (schema, { table }) => without(schema, table),
  addColumn: (schema, { table, column }) => addTo(schema, table, "columns", column),
  dropColumn: (schema, { table, name }) => dropFrom(schema, table, "columns", name),
  alterColumn,
  addPrimaryKey,
  dropPrimaryKey,
  addUnique: (schema, { table, unique }) => addKeyTo(schema, table, "uniques", unique),
  dropUnique: (schema, { table, name }) => dropFrom(schema, table, "uniques", name),
  addIndex: (schema, { table, index }) => addKeyTo(schema, table, "indexes", index),
  dropIndex: (schema, { table, name }) => dropFrom(schema, table, "indexes", name),
  addForeignKey: (schema, { table, foreignKey }) =>
    addKeyTo(schema, table, "foreignKeys", foreignKey),
  dropForeignKey: (schema, { table, name }) => dropFrom(schema, table, "foreignKeys", name),
  updateRows: same,
  deleteRows: same,
  execute: same,
};

/** A change, and the schema on both sides of it. */
export interface AppliedChange<K extends ChangeKind = ChangeKind> {
  /** What is happening. */
  readonly change: Change<K>;
  /** The schema that it happens to. */
  readonly before: SchemaState;
  /** What it makes of that schema. */
  readonly after: SchemaState;
}

/**
 * The schema after the change; the schema given stays as it is.
 *
 * @throws {OperatorError} When the change does not fit: what it adds exists, or what it needs is missing.
 */
export function apply<K extends ChangeKind>(schema: SchemaState, change: Change<K>): SchemaState {
  const applier: Appliers[K] = appliers[change.kind];
  return applier(schema, change);
}

/** Applies changes in their order, and keeps the schema on both sides of each. */
export function applyEach(
  schema: SchemaState,
  changes: readonly Change[],
): readonly AppliedChange[] {
  let before = schema;
  return changes.map((change) => {
    const applied = { change, before, after: apply(before, change) };
    before = applied.after;
    return applied;
  });
}

/** The schema after changes that began at `start`. */
export function schemaAfter(
  start: SchemaState,
  changes: readonly AppliedChange[],
): SchemaState {
  return changes.at(-1)?.after ?? start;
}
