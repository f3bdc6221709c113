/**
 * Changes of rows that can be made for some rows at a time. Each statement commits at once here, so
 * that one on a big table would keep a big undo log, hold up replicas and fill a cluster's write set.
 *
 * @module
 */
import type { AppliedChange } from "../../../schema/apply.ts";
import { type Change, tableOfChange } from "../../../schema/change.ts";
import type { Batches } from "../../step.ts";
import { quote } from "./quote.ts";

/** What comes between the statement and one more condition; null where it takes none. */
function conjunctionOf(change: Change): Batches["conjunction"] | null {
  switch (change.kind) {
    case "updateRows":
    case "deleteRows":
      return change.where.length > 0 ? "AND" : "WHERE";
    case "execute":
      return change.inBatches ? "AND" : null;
    default:
      return null;
  }
}

/** How the change can be made in batches; null where it cannot. */
export function batchesOf({ change, before }: AppliedChange): Batches | null {
  const conjunction = conjunctionOf(change);
  const table = before.tables.get(tableOfChange(change) ?? "");
  const [key, ...more] = table?.primaryKey?.columns ?? [];
  if (!conjunction || !table || key === undefined || more.length > 0) return null;
  if (change.kind === "updateRows" && key in change.set) return null;
  return { name: table.name, table: quote(table.name), key: quote(key), conjunction };
}
