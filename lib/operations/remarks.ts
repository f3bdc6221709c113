/**
 * What the author of a migration should look at before running what was found by comparing.
 *
 * @module
 */
import type { Change } from "../schema/change.ts";
import { sameType } from "../schema/diff/mod.ts";
import { type Column, columnOf, type SchemaState, type Table, tableOf } from "../schema/schema.ts";
import type { Operation } from "./operation.ts";

/** An operation, and what its reader should know. */
export interface RemarkedOperation {
  /** What it does. */
  readonly operation: Operation;
  /** Becomes a comment above it. */
  readonly remark: string | null;
}

type RemarkOn = {
  readonly [K in Change["kind"]]?: (
    change: Change<K>,
    before: SchemaState,
    all: readonly Change[],
  ) => string | null;
};

const sameColumn = (left: Column, right: Column): boolean => sameType(left, right);

/** Whether two tables have the same columns, whatever their order. */
function looksLike(left: Table, right: Table): boolean {
  return left.columns.length === right.columns.length &&
    left.columns.every((column) =>
      right.columns.some((other) => other.name === column.name && sameColumn(column, other))
    );
}

const remarks: RemarkOn = {
  dropTable: ({ table }, before, all) => {
    const dropped = tableOf(before, table);
    const created = all.find((one) => one.kind === "createTable" && looksLike(dropped, one.table));
    if (created?.kind !== "createTable") return null;
    const { name } = created.table;
    return `It looks as if "${table}" was renamed to "${name}". Its rows are lost unless this comes ` +
      `last, behind execute("INSERT INTO ${name} SELECT … FROM ${table}").`;
  },
  dropColumn: ({ table, name }, before, all) => {
    const dropped = columnOf(tableOf(before, table), name);
    const added = all.find((one) =>
      one.kind === "addColumn" && one.table === table && sameColumn(dropped, one.column)
    );
    if (added?.kind !== "addColumn") return null;
    const { name: newName } = added.column;
    return `It looks as if "${name}" was renamed to "${newName}". Its values are lost unless ` +
      `execute("UPDATE ${table} SET ${newName} = ${name}") comes first.`;
  },
  addColumn: ({ column: { name }, fill }) =>
    fill === null ? null : `Rows that are there get the "fill" in "${name}": see whether it fits.`,
  alterColumn: ({ table, column }, before) => {
    const wasNullable = columnOf(tableOf(before, table), column.name).nullable;
    if (column.nullable || !wasNullable) return null;
    return `Fails where "${column.name}" is NULL: such rows need a value first, see update().`;
  },
};

/** What there is to say about one of all the changes that were found; null where there is nothing. */
export function remarkOn<K extends Change["kind"]>(
  change: Change<K>,
  before: SchemaState,
  all: readonly Change[],
): string | null {
  const remark: RemarkOn[K] = remarks[change.kind];
  return remark?.(change, before, all) ?? null;
}
