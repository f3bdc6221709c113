/**
 * Whether Mistral's services may run while a migration is made: those of the older release know
 * nothing of what it brings.
 *
 * @module
 */
import type { Step } from "../../servers/server.ts";
import type { AppliedChange } from "../../schema/apply.ts";
import { type Change, tableOfChange } from "../../schema/change.ts";
import { columnOf, tableOf } from "../../schema/schema.ts";

/** The columns that a migration adds, by table. */
function addedColumns(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const added = changes.filter((change) => change.kind === "addColumn");
  const byTable = Map.groupBy(added, ({ table }) => table);
  return new Map([...byTable].map(([table, own]) => [table, own.map(({ column }) => column.name)]));
}

/** The new columns that a change fills, which the old services leave empty in new rows. */
function filledColumns(
  change: Change,
  added: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const table = tableOfChange(change) ?? "";
  const columns = added.get(table) ?? [];
  const filled = columns.filter((name) => {
    switch (change.kind) {
      case "addColumn":
        return change.column.name === name && change.fill !== null;
      // The default that has filled the existing rows is dropped.
      case "alterColumn":
        return change.column.name === name && change.column.default === null;
      default:
        return change.kind === "updateRows" || change.kind === "execute";
    }
  });
  return filled.map((column) => `${table}.${column}`);
}

function reasons({ change, before }: AppliedChange): readonly string[] {
  switch (change.kind) {
    case "dropTable":
      return [`${change.table} goes`];
    case "dropColumn":
      return [`${change.table}.${change.name} goes`];
    case "addColumn": {
      const { table, column: { name, nullable, default: value } } = change;
      return nullable || value ? [] : [`${table}.${name} must be given, and is not known to them`];
    }
    case "alterColumn": {
      const { table, column } = change;
      const now = columnOf(tableOf(before, table), column.name);
      return now.nullable && !column.nullable ? [`${table}.${column.name} must be given`] : [];
    }
    default:
      return [];
  }
}

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
    ...foreign.flatMap(reasons),
    ...(lacking.size > 0 ? [`new rows would lack ${[...lacking].join(", ")}`] : []),
  ];
}
