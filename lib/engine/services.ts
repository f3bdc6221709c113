/**
 * Whether Mistral's services may run while a migration is made: those of the older release know
 * nothing of what it brings.
 *
 * @module
 */
import type { Step } from "../dialects/dialect.ts";
import type { AppliedChange } from "../schema/apply.ts";
import { type Change, tableOfChange } from "../schema/change.ts";
import { columnOf, tableOf } from "../schema/schema.ts";

/** The columns that a migration adds, by table. */
function addedColumns(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const added = changes.filter((change) => change.kind === "addColumn");
  const byTable = Map.groupBy(added, ({ table }) => table);
  return new Map([...byTable].map(([table, own]) => [table, own.map(({ column }) => column.name)]));
}

/** Rows that the old services write meanwhile do not get what the migration gives to all others. */
function unfilled(change: Change, added: ReadonlyMap<string, readonly string[]>): string[] {
  if (change.kind !== "updateRows" && change.kind !== "execute") return [];
  const columns = added.get(tableOfChange(change) ?? "") ?? [];
  if (columns.length === 0) return [];
  return [`rows that are written meanwhile would lack ${columns.join(", ")}`];
}

function reasons(
  { change, before }: AppliedChange,
  added: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
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
      return unfilled(change, added);
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
  const created = new Set(
    changes.flatMap(({ change }) => change.kind === "createTable" ? [change.table.name] : []),
  );
  const foreign = changes.filter(({ change }) => {
    const table = tableOfChange(change);
    const isNew = table !== null && created.has(table) && change.kind !== "dropTable";
    return table !== null && !isNew && !isOwn(table);
  });
  const added = addedColumns(foreign.map(({ change }) => change));
  return [...new Set(foreign.flatMap((applied) => reasons(applied, added)))];
}
