/**
 * From what was written to what certainly happens: names are filled in, conditions are settled.
 *
 * @module
 */
import { Misfit } from "../schema/misfit.ts";
import { type AppliedChange, apply, schemaAfter } from "../schema/apply.ts";
import { adding, type Change, dropping } from "../schema/change.ts";
import { sameColumn } from "../schema/diff/mod.ts";
import {
  type Column,
  columnOf,
  type Index,
  type Key,
  sameColumns,
  type SchemaState,
  type Table,
  tableOf,
} from "../schema/schema.ts";
import {
  type ForeignKeySpec,
  isFor,
  type Operation,
  type OperationKind,
  type UniqueSpec,
} from "./operation.ts";
import type { ServerRules } from "./server_rules.ts";

type Resolver<K extends OperationKind> = (
  operation: Operation<K>,
  before: SchemaState,
  rules: ServerRules,
) => readonly Change[];

/** A change as the server can make it: a new column that it cannot fill takes two. */
export const withoutFill = (change: Change, rules: ServerRules): readonly Change[] =>
  change.kind === "add" && change.part === "columns" ? rules.filled(change) : [change];

/**
 * Applies changes in their order, each between what the server needs first and what it does by itself
 * because of it.
 *
 * @throws {Misfit} When a change does not fit.
 */
export function settle(
  changes: readonly Change[],
  before: SchemaState,
  rules: ServerRules,
): readonly AppliedChange[] {
  const applied: AppliedChange[] = [];
  let state = before;
  const make = (change: Change): void => {
    const after = apply(state, change);
    applied.push({ change, before: state, after });
    state = after;
  };
  for (const change of changes.flatMap((one) => withoutFill(one, rules))) {
    rules.prerequisites(change, state).forEach(make);
    make(change.kind === "createTable" ? rules.creating(change, state) : change);
    rules.consequences(change, state).forEach(make);
  }
  return applied;
}

function addUnique(
  table: string,
  spec: UniqueSpec,
  before: SchemaState,
  rules: ServerRules,
): Change {
  const unique = "columns" in spec
    ? spec
    : { name: rules.names.unique(before, table, spec), columns: spec };
  return adding(table, "uniques", unique);
}

function addIndex(
  table: string,
  index: Omit<Index, "implicit">,
  before: SchemaState,
  rules: ServerRules,
): Change {
  if (index.unique && rules.uniqueIndexIsConstraint) {
    const { name, columns } = index;
    return addUnique(table, { name, columns }, before, rules);
  }
  return adding(table, "indexes", { ...index, implicit: false });
}

function addForeignKey(
  table: string,
  spec: ForeignKeySpec,
  before: SchemaState,
  rules: ServerRules,
): Change {
  const { name = rules.names.foreignKey(before, table, spec.columns) } = spec;
  const { columns, refTable, refColumns } = spec;
  const onDelete = rules.storedAction(spec.onDelete ?? "NO ACTION");
  const onUpdate = rules.storedAction(spec.onUpdate ?? "NO ACTION");
  const foreignKey = { name, columns, refTable, refColumns, onDelete, onUpdate };
  return adding(table, "foreignKeys", foreignKey);
}

function stored(column: Column, rules: ServerRules): Column {
  const type = rules.storedType(column.type);
  return { ...column, type, default: column.default && rules.storedDefault(column.default, type) };
}

/** A table that has its columns and primary key, and nothing else yet. */
function bareTable(
  { table: name, spec }: Operation<"createTable">,
  before: SchemaState,
  rules: ServerRules,
): Table {
  const { columns, primaryKey = null } = spec;
  // No column of a primary key may be null, whether the author says so or not.
  const keyed = columns.map((column) =>
    primaryKey?.includes(column.name) ? { ...column, nullable: false } : column
  );
  return {
    name,
    columns: keyed.map((column) => stored(column, rules)),
    primaryKey: primaryKey && { name: rules.names.primaryKey(before, name), columns: primaryKey },
    uniques: [],
    indexes: [],
    foreignKeys: [],
  };
}

/**
 * A new table is resolved part by part, as if each had been added to the table before, so that a
 * name is chosen in one place only.
 */
const createTable: Resolver<"createTable"> = (operation, before, rules) => {
  const { table, spec, ifMissing } = operation;
  if (ifMissing && before.tables.has(table)) return [];
  const bare = bareTable(operation, before, rules);
  const parts: ((state: SchemaState) => Change)[] = [
    ...(spec.uniques ?? []).map((part) => (state: SchemaState) =>
      addUnique(table, part, state, rules)
    ),
    ...Object.entries(spec.indexes ?? {}).map(([name, columns]) => (state: SchemaState) =>
      addIndex(table, { name, columns, unique: false }, state, rules)
    ),
    ...(spec.foreignKeys ?? []).map((part) => (state: SchemaState) =>
      addForeignKey(table, part, state, rules)
    ),
  ];
  const complete = parts.reduce(
    (state, part) => schemaAfter(state, settle([part(state)], state, rules)),
    apply(before, { kind: "createTable", table: bare }),
  );
  return [{ kind: "createTable", table: tableOf(complete, table) }];
};

const addColumn: Resolver<"addColumn"> = ({ table, column, fill, ifMissing }, before, rules) => {
  const there = tableOf(before, table).columns.some(({ name }) => name === column.name);
  if (there && ifMissing) return [];
  return [{ kind: "add", table, part: "columns", item: stored(column, rules), fill }];
};

const addPrimaryKey: Resolver<"addPrimaryKey"> = ({ table, columns }, before, rules) => {
  const primaryKey = { name: rules.names.primaryKey(before, table), columns };
  return [{ kind: "addPrimaryKey", table, primaryKey }];
};

/** The servers differ in what goes along with a column, so everything it is part of goes first. */
const dropColumn: Resolver<"dropColumn"> = ({ table, name }, before) => {
  const { primaryKey, foreignKeys, uniques, indexes } = tableOf(before, table);
  const named = ({ columns }: { columns: readonly string[] }) => columns.includes(name);
  return [
    ...foreignKeys.filter(named).map((key) => dropping(table, "foreignKeys", key)),
    ...uniques.filter(named).map((key) => dropping(table, "uniques", key)),
    ...indexes.filter(named).map((key) => dropping(table, "indexes", key)),
    ...(primaryKey && named(primaryKey) ? [{ kind: "dropPrimaryKey", table } as const] : []),
    dropping(table, "columns", { name }),
  ];
};

const alterColumn: Resolver<"alterColumn"> = ({ table, name, alteration }, before, rules) => {
  const now = columnOf(tableOf(before, table), name);
  const item = stored({ ...now, ...alteration }, rules);
  return sameColumn(item, now) ? [] : [{ kind: "alter", table, part: "columns", item }];
};

/** Finds the key on exactly these columns, of that name where one is given. */
function find<K extends Key>(
  keys: readonly K[],
  { columns, name }: { readonly columns: readonly string[]; readonly name: string | null },
): K | undefined {
  return keys.find((key) =>
    sameColumns(key.columns, columns) && (name === null || key.name === name)
  );
}

const dropUnique: Resolver<"dropUnique"> = (operation, before) => {
  const { table, columns, ifExists } = operation;
  const found = find(tableOf(before, table).uniques, operation);
  if (found) return [dropping(table, "uniques", found)];
  if (ifExists) return [];
  throw new Misfit({
    failed: `Cannot drop the unique constraint on (${columns.join(", ")})`,
    because: `table "${table}" has none`,
  });
};

const dropIndex: Resolver<"dropIndex"> = ({ table, name }, before, rules) => {
  const isUnique = rules.uniqueIndexIsConstraint &&
    tableOf(before, table).uniques.some((key) => key.name === name);
  return [dropping(table, isUnique ? "uniques" : "indexes", { name })];
};

const dropForeignKey: Resolver<"dropForeignKey"> = (operation, before) => {
  const { table, columns } = operation;
  const found = find(tableOf(before, table).foreignKeys, operation);
  if (found) return [dropping(table, "foreignKeys", found)];
  throw new Misfit({
    failed: `Cannot drop the foreign key on (${columns.join(", ")})`,
    because: `table "${table}" has none`,
  });
};

const resolvers: { readonly [K in OperationKind]: Resolver<K> } = {
  createTable,
  dropTable: ({ table, ifExists }, before) =>
    ifExists && !before.tables.has(table) ? [] : [{ kind: "dropTable", table }],
  addColumn,
  dropColumn,
  alterColumn,
  addPrimaryKey,
  dropPrimaryKey: ({ table }) => [{ kind: "dropPrimaryKey", table }],
  addUnique: ({ table, unique }, before, rules) => [addUnique(table, unique, before, rules)],
  dropUnique,
  addIndex: ({ table, name, columns, unique }, before, rules) => [
    addIndex(table, { name, columns, unique }, before, rules),
  ],
  dropIndex,
  addForeignKey: ({ table, foreignKey }, before, rules) => [
    addForeignKey(table, foreignKey, before, rules),
  ],
  dropForeignKey,
  updateRows: ({ table, set, where }) => [{ kind: "updateRows", table, set, where }],
  deleteRows: ({ table, where }) => [{ kind: "deleteRows", table, where }],
  execute: (
    { sql, warning, does = null, writes = null, reads = null, inBatches = false },
    _,
    rules,
  ) => [
    { kind: "execute", sql: sql[rules.dialect], warning, does, writes, reads, inBatches },
  ],
};

/** Whether there is a kind of operation of that name. */
export const isOperationKind = (name: string): name is OperationKind =>
  Object.hasOwn(resolvers, name);

/**
 * The changes that an operation asks for on a schema, without what the server needs or does besides;
 * none where it is for another database.
 *
 * @throws {Misfit} When the operation needs what the schema does not have.
 */
export function intended<K extends OperationKind>(
  operation: Operation<K>,
  before: SchemaState,
  rules: ServerRules,
): readonly Change[] {
  if (!isFor(operation as Operation, rules.dialect)) return [];
  const resolver: Resolver<K> = resolvers[operation.kind];
  return resolver(operation, before, rules);
}

/**
 * The changes that an operation comes to on a schema, applied to it: none where it has nothing to
 * do, several where one thing leads to another.
 *
 * @throws {Misfit} When the operation needs what the schema does not have.
 */
export function resolve(
  operation: Operation,
  before: SchemaState,
  rules: ServerRules,
): readonly AppliedChange[] {
  return settle(intended(operation, before, rules), before, rules);
}

/** The changes that all operations come to, each resolved on what the ones before it leave. */
export function resolveAll(
  operations: readonly Operation[],
  before: SchemaState,
  rules: ServerRules,
): readonly AppliedChange[] {
  const applied: AppliedChange[] = [];
  for (const operation of operations) {
    applied.push(...resolve(operation, schemaAfter(before, applied), rules));
  }
  return applied;
}
