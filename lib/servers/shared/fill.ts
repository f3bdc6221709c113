/**
 * Filling a new column of existing rows where the server has no word for it.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";

/** Rows get the fill through a default, which the second change replaces by the column's own. */
export function throughDefault(change: Change<"addColumn">): readonly Change[] {
  const { table, column, fill } = change;
  if (fill === null) return [change];
  const filled = { ...column, default: { literal: fill } };
  return [{ ...change, column: filled, fill: null }, { kind: "alterColumn", table, column }];
}
