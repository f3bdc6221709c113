/**
 * Whether Mistral's services may run while a migration is made: those of the older release know
 * nothing of what it brings.
 *
 * @module
 */
import type { Step } from "../../servers/step.ts";
import { type Change, tableOfChange } from "../../schema/change.ts";
import { handle, type Handlers } from "../../schema/handlers.ts";
import { columnOf, type SchemaState, tableOf } from "../../schema/schema.ts";

/** The columns that a migration adds, by table. */
function addedColumns(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const added = changes.filter((one) => one.kind === "add" && one.part === "columns");
  const byTable = Map.groupBy(added, ({ table }) => table);
  return new Map([...byTable].map(([table, own]) => [table, own.map(({ item }) => item.name)]));
}

const none = (): readonly string[] => [];

/** The columns that a change fills in existing rows, of those that are new. */
const filled: Handlers<[added: readonly string[]], readonly string[]> = {
  createTable: none,
  dropTable: none,
  add: {
    columns: ({ item, fill }) => fill === null ? [] : [item.name],
    uniques: none,
    indexes: none,
    foreignKeys: none,
  },
  // The default that has filled the existing rows is dropped.
  alter: ({ item }) => item.default === null ? [item.name] : [],
  drop: none,
  addPrimaryKey: none,
  dropPrimaryKey: none,
  updateRows: (_, added) => added,
  deleteRows: none,
  execute: (_, added) => added,
};

/** The new columns that a change fills, which the old services leave empty in new rows. */
function filledColumns(
  change: Change,
  byTable: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const table = tableOfChange(change) ?? "";
  const added = byTable.get(table) ?? [];
  return handle(filled, change, added).filter((name) => added.includes(name))
    .map((name) => `${table}.${name}`);
}

/** Why the older services cannot work with a change. */
const reasons: Handlers<[before: SchemaState], readonly string[]> = {
  createTable: none,
  dropTable: ({ table }) => [`${table} is dropped`],
  add: {
    columns: ({ table, item: { name, nullable, default: value } }) =>
      nullable || value
        ? []
        : [`${table}.${name} becomes required, and older services do not set it`],
    uniques: none,
    indexes: none,
    foreignKeys: none,
  },
  alter: ({ table, item }, before) => {
    const now = columnOf(tableOf(before, table), item.name);
    return now.nullable && !item.nullable ? [`${table}.${item.name} becomes required`] : [];
  },
  drop: {
    columns: ({ table, name }) => [`${table}.${name} is dropped`],
    uniques: none,
    indexes: none,
    foreignKeys: none,
  },
  addPrimaryKey: none,
  dropPrimaryKey: none,
  updateRows: none,
  deleteRows: none,
  execute: none,
};

/**
 * Why services must be stopped for a migration; none where they may run on.
 *
 * @param isOwn Whether the run itself has made a table, so that no service knows it.
 */
export function reasonsToStop(
  steps: readonly Step[],
  isOwn: (table: string) => boolean,
): readonly string[] {
  const changes = steps.flatMap((step) => step.changes);
  const atStart = changes[0]?.before.tables;
  const foreign = changes.filter(({ change }) => {
    const table = tableOfChange(change);
    return table !== null && atStart!.has(table) && !isOwn(table);
  });
  const added = addedColumns(foreign.map(({ change }) => change));
  const lacking = new Set(foreign.flatMap(({ change }) => filledColumns(change, added)));
  return [
    ...foreign.flatMap(({ change, before }) => handle(reasons, change, before)),
    ...(lacking.size > 0 ? [`new rows would lack ${[...lacking].join(", ")}`] : []),
  ];
}
