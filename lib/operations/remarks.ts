/**
 * What the author of a migration should look at before running what was found by comparing.
 *
 * @module
 */
import type { SchemaChange, SchemaChangeKind } from "../schema/change.ts";
import { sameType } from "../schema/diff/mod.ts";
import { handle, type Handlers } from "../schema/handlers.ts";
import { columnOf, type SchemaState, type Table, tableOf } from "../schema/schema.ts";
import type { Operation } from "./operation.ts";

/** An operation, and what its reader should know. */
export interface RemarkedOperation {
  /** What it does. */
  readonly operation: Operation;
  /** Becomes a comment above it. */
  readonly remark: string | null;
}

const nothing = (): null => null;

/** Whether two tables have the same columns, whatever their order. */
function looksLike(left: Table, right: Table): boolean {
  return left.columns.length === right.columns.length &&
    left.columns.every((column) =>
      right.columns.some((other) => other.name === column.name && sameType(column, other))
    );
}

const remarks: Handlers<[SchemaState, readonly SchemaChange[]], string | null, SchemaChangeKind> = {
  createTable: nothing,
  dropTable: ({ table }, before, all) => {
    const dropped = tableOf(before, table);
    const created = all.find((one) => one.kind === "createTable" && looksLike(dropped, one.table));
    if (created?.kind !== "createTable") return null;
    const { name } = created.table;
    return `It looks as if "${table}" was renamed to "${name}". Its rows are lost unless this comes ` +
      `last, behind execute("INSERT INTO ${name} SELECT … FROM ${table}").`;
  },
  add: ({ item: { name }, ...change }) =>
    change.part === "columns" && change.fill !== null
      ? `Rows that are there get the "fill" in "${name}": see whether it fits.`
      : null,
  alter: ({ table, item }, before) => {
    const wasNullable = columnOf(tableOf(before, table), item.name).nullable;
    if (item.nullable || !wasNullable) return null;
    return `Fails where "${item.name}" is NULL: such rows need a value first, see update().`;
  },
  drop: {
    columns: ({ table, name }, before, all) => {
      const dropped = columnOf(tableOf(before, table), name);
      const added = all.find((one) =>
        one.kind === "add" && one.part === "columns" && one.table === table &&
        sameType(dropped, one.item)
      );
      if (added?.kind !== "add") return null;
      const { name: newName } = added.item;
      return `It looks as if "${name}" was renamed to "${newName}". Its values are lost unless ` +
        `execute("UPDATE ${table} SET ${newName} = ${name}") comes first.`;
    },
    uniques: nothing,
    indexes: nothing,
    foreignKeys: nothing,
  },
  addPrimaryKey: nothing,
  dropPrimaryKey: nothing,
};

/** What there is to say about one of all the changes that were found; null where there is nothing. */
export const remarkOn = (
  change: SchemaChange,
  before: SchemaState,
  all: readonly SchemaChange[],
): string | null => handle(remarks, change, before, all);
