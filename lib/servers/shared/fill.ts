/**
 * Filling a new column of existing rows where the server has no word for it.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";

/** Rows get the fill through a default, which the second change replaces by the column's own. */
export function throughDefault(change: Change<"add", "columns">): readonly Change[] {
  const { table, item, fill } = change;
  if (fill === null) return [change];
  const filled = { ...item, default: { literal: fill } };
  return [{ ...change, item: filled, fill: null }, { kind: "alter", table, part: "columns", item }];
}
