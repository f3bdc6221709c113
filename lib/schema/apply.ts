/**
 * Applying a change: what the schema is after it.
 *
 * @module
 */
import { Misfit } from "./misfit.ts";
import type { Change, ChangeKind } from "./change.ts";
import { handle, type Handlers } from "./handlers.ts";
import { findPart } from "./part.ts";
import { columnOf, type SchemaState, type Table, tableOf } from "./schema.ts";

function put(schema: SchemaState, table: Table): SchemaState {
  return { tables: new Map(schema.tables).set(table.name, table) };
}

function without(schema: SchemaState, name: string): SchemaState {
  tableOf(schema, name);
  const tables = new Map(schema.tables);
  tables.delete(name);
  return { tables };
}

/** A constraint or an index needs all its columns. */
function add(change: Change<"add">, schema: SchemaState): SchemaState {
  const table = tableOf(schema, change.table);
  const { part, item } = change;
  if (change.part !== "columns") {
    for (const name of change.item.columns) columnOf(table, name);
  }
  if (findPart(table, part, item.name)) {
    throw new Misfit({
      failed: `Cannot add "${item.name}" to table "${table.name}"`,
      because: "it is already there",
    });
  }
  return put(schema, { ...table, [part]: [...table[part], item] });
}

function drop({ table: tableName, part, name }: Change<"drop">, schema: SchemaState): SchemaState {
  const table = tableOf(schema, tableName);
  const dropped = findPart(table, part, name);
  if (!dropped) {
    throw new Misfit({
      failed: `Cannot drop "${name}" of table "${tableName}"`,
      because: "it is not there",
    });
  }
  return put(schema, { ...table, [part]: table[part].filter((one) => one !== dropped) });
}

function createTable({ table }: Change<"createTable">, schema: SchemaState): SchemaState {
  if (schema.tables.has(table.name)) {
    throw new Misfit({
      failed: `Cannot create table "${table.name}"`,
      because: "it is already there",
    });
  }
  return put(schema, table);
}

function alter({ table: name, item }: Change<"alter">, schema: SchemaState): SchemaState {
  const table = tableOf(schema, name);
  const before = columnOf(table, item.name);
  const columns = table.columns.map((column) => column === before ? item : column);
  return put(schema, { ...table, columns });
}

function addPrimaryKey(
  { table: name, primaryKey }: Change<"addPrimaryKey">,
  schema: SchemaState,
): SchemaState {
  const table = tableOf(schema, name);
  for (const column of primaryKey.columns) columnOf(table, column);
  if (table.primaryKey) {
    throw new Misfit({
      failed: `Cannot add a primary key to table "${name}"`,
      because: "it has one already",
    });
  }
  // No column of a primary key may be null; it stays so when the key goes.
  const columns = table.columns.map((column) =>
    primaryKey.columns.includes(column.name) ? { ...column, nullable: false } : column
  );
  return put(schema, { ...table, columns, primaryKey });
}

function dropPrimaryKey(
  { table: name }: Change<"dropPrimaryKey">,
  schema: SchemaState,
): SchemaState {
  const table = tableOf(schema, name);
  if (!table.primaryKey) {
    throw new Misfit({
      failed: `Cannot drop the primary key of table "${name}"`,
      because: "it has none",
    });
  }
  return put(schema, { ...table, primaryKey: null });
}

const same = (_change: Change, schema: SchemaState): SchemaState => schema;

const appliers: Handlers<[SchemaState], SchemaState> = {
  createTable,
  dropTable: ({ table }, schema) => without(schema, table),
  add,
  alter,
  drop,
  addPrimaryKey,
  dropPrimaryKey,
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
 * @throws {Misfit} When the change does not fit: what it adds exists, or what it needs is missing.
 */
export function apply(schema: SchemaState, change: Change): SchemaState {
  return handle(appliers, change, schema);
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
