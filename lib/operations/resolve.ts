/**
 * From what was written to what certainly happens: names are filled in, conditions are settled.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { apply, applyAll } from "../schema/apply.ts";
import type { Change, ChangeKind } from "../schema/change.ts";
import {
  type Column,
  columnOf,
  type Index,
  sameColumns,
  type SchemaState,
  type Table,
  tableOf,
} from "../schema/schema.ts";
import type { ForeignKeySpec, Operation, OperationKind, UniqueSpec } from "./operation.ts";
import type { ServerRules } from "./server_rules.ts";

type Resolver<K extends OperationKind> = (
  operation: Operation<K>,
  before: SchemaState,
  rules: ServerRules,
) => readonly Change[];

/** The change, then what the server does by itself because of it. */
function withConsequences<K extends ChangeKind>(
  change: Change<K>,
  before: SchemaState,
  rules: ServerRules,
): readonly Change[] {
  return [change as Change, ...rules.consequences(change as Change, apply(before, change))];
}

function addUnique(
  table: string,
  spec: UniqueSpec,
  before: SchemaState,
  rules: ServerRules,
): readonly Change[] {
  const unique = "columns" in spec
    ? spec
    : { name: rules.names.unique(before, table, spec), columns: spec };
  return withConsequences<"addUnique">({ kind: "addUnique", table, unique }, before, rules);
}

function addIndex(
  table: string,
  index: Omit<Index, "implicit">,
  before: SchemaState,
  rules: ServerRules,
): readonly Change[] {
  const change = { kind: "addIndex", table, index: { ...index, implicit: false } } as const;
  return withConsequences<"addIndex">(change, before, rules);
}

function addForeignKey(
  table: string,
  spec: ForeignKeySpec,
  before: SchemaState,
  rules: ServerRules,
): readonly Change[] {
  const { name = rules.names.foreignKey(before, table, spec.columns) } = spec;
  const { columns, refTable, refColumns, onDelete = "NO ACTION", onUpdate = "NO ACTION" } = spec;
  const foreignKey = { name, columns, refTable, refColumns, onDelete, onUpdate };
  const change = { kind: "addForeignKey", table, foreignKey } as const;
  return withConsequences<"addForeignKey">(change, before, rules);
}

function stored(column: Column, rules: ServerRules): Column {
  return { ...column, type: rules.storedType(column.type) };
}

/** A table that has its columns and primary key, and nothing else yet. */
function bareTable(
  { table: name, spec }: Operation<"createTable">,
  before: SchemaState,
  rules: ServerRules,
): Table {
  const { columns, primaryKey } = spec;
  return {
    name,
    columns: columns.map((column) => stored(column, rules)),
    primaryKey: primaryKey
      ? { name: rules.names.primaryKey(before, name), columns: primaryKey }
      : null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    unmodelled: [],
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
  const parts: ((state: SchemaState) => readonly Change[])[] = [
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
    (state, part) => applyAll(state, part(state)),
    apply(before, { kind: "createTable", table: bare }),
  );
  return [{ kind: "createTable", table: tableOf(complete, table) }];
};

const addColumn: Resolver<"addColumn"> = ({ table, column, fill, ifMissing }, before, rules) => {
  const there = tableOf(before, table).columns.some(({ name }) => name === column.name);
  if (there && ifMissing) return [];
  return [{ kind: "addColumn", table, column: stored(column, rules), fill }];
};

/** The servers differ in what goes along with a column, so everything it is part of goes first. */
const dropColumn: Resolver<"dropColumn"> = ({ table, name }, before) => {
  const { foreignKeys, uniques, indexes } = tableOf(before, table);
  const named = ({ columns }: { columns: readonly string[] }) => columns.includes(name);
  return [
    ...foreignKeys.filter(named).map((key) =>
      ({ kind: "dropForeignKey", table, name: key.name }) as const
    ),
    ...uniques.filter(named).map((key) => ({ kind: "dropUnique", table, name: key.name }) as const),
    ...indexes.filter(named).map((key) => ({ kind: "dropIndex", table, name: key.name }) as const),
    { kind: "dropColumn", table, name },
  ];
};

const alterColumn: Resolver<"alterColumn"> = ({ table, name, alteration }, before, rules) => {
  const now = columnOf(tableOf(before, table), name);
  const column = stored({ ...now, ...alteration }, rules);
  const same = JSON.stringify(column) === JSON.stringify(now);
  return same ? [] : [{ kind: "alterColumn", table, column }];
};

const dropUnique: Resolver<"dropUnique"> = ({ table, columns, ifExists }, before) => {
  const found = tableOf(before, table).uniques.find((key) => sameColumns(key.columns, columns));
  if (found) return [{ kind: "dropUnique", table, name: found.name }];
  if (ifExists) return [];
  throw new OperatorError(
    `Cannot drop the unique constraint on (${columns.join(", ")}): table "${table}" has none`,
  );
};

const dropForeignKey: Resolver<"dropForeignKey"> = ({ table, columns }, before) => {
  const found = tableOf(before, table).foreignKeys.find((key) => sameColumns(key.columns, columns));
  if (found) return [{ kind: "dropForeignKey", table, name: found.name }];
  throw new OperatorError(
    `Cannot drop the foreign key on (${columns.join(", ")}): table "${table}" has none`,
  );
};

const resolvers: { readonly [K in OperationKind]: Resolver<K> } = {
  createTable,
  dropTable: ({ table, ifExists }, before) =>
    ifExists && !before.tables.has(table) ? [] : [{ kind: "dropTable", table }],
  addColumn,
  dropColumn,
  alterColumn,
  addUnique: ({ table, unique }, before, rules) => addUnique(table, unique, before, rules),
  dropUnique,
  addIndex: ({ table, name, columns, unique }, before, rules) =>
    addIndex(table, { name, columns, unique }, before, rules),
  dropIndex: ({ table, name }) => [{ kind: "dropIndex", table, name }],
  addForeignKey: ({ table, foreignKey }, before, rules) =>
    addForeignKey(table, foreignKey, before, rules),
  dropForeignKey,
  updateRows: ({ table, set, where }) => [{ kind: "updateRows", table, set, where }],
  deleteRows: ({ table, where }) => [{ kind: "deleteRows", table, where }],
  execute: ({ sql, warning }, _before, rules) => [
    { kind: "execute", sql: sql[rules.name], warning },
  ],
};

/**
 * The changes that an operation comes to on a schema: none where it has nothing to do, several
 * where one thing leads to another.
 *
 * @throws {OperatorError} When the operation needs what the schema does not have.
 */
export function resolve<K extends OperationKind>(
  operation: Operation<K>,
  before: SchemaState,
  rules: ServerRules,
): readonly Change[] {
  if (operation.only && !operation.only.includes(rules.name)) return [];
  const resolver = resolvers[operation.kind as K] as Resolver<K>;
  return resolver(operation, before, rules);
}

/** The changes that all operations come to, each resolved on what the ones before it leave. */
export function resolveAll(
  operations: readonly Operation[],
  before: SchemaState,
  rules: ServerRules,
): readonly Change[] {
  const changes: Change[] = [];
  let state = before;
  for (const operation of operations) {
    const resolved = resolve(operation, state, rules);
    state = applyAll(state, resolved);
    changes.push(...resolved);
  }
  return changes;
}
