/**
 * Limits of columns: older revisions, and MySQL, have smaller ones.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import { OperatorError } from "../errors.ts";
import type { Column, Table } from "../schema/schema.ts";
import type { Seed } from "./seed.ts";

/** How a value exceeds its column; null if it fits. */
function excess(
  value: string,
  { type }: Column,
  { catalog: { textBytes } }: Server,
): string | null {
  if ("length" in type) {
    const length = [...value].length;
    return length > type.length ? `has ${length} characters, of ${type.length} that fit` : null;
  }
  const limit = textBytes(type);
  const size = limit === null ? 0 : new TextEncoder().encode(value).length;
  return limit !== null && size > limit ? `has ${size} bytes, of ${limit} that fit` : null;
}

/**
 * Checks that a seed fits into its table; MySQL would truncate it in a mode that is not strict.
 *
 * @throws {OperatorError} When it does not fit; names the column and the excess.
 */
export function assertFits({ kind, name, values }: Seed, table: Table, server: Server): void {
  for (const column of table.columns) {
    const value = values[column.name];
    const problem = typeof value === "string" ? excess(value, column, server) : null;
    if (problem === null) continue;
    throw new OperatorError({
      failed: "Cannot populate",
      because: `"${column.name}" of ${kind} "${name}" ${problem} at this revision`,
      remedy: "upgrade the database, or make it shorter",
    });
  }
}
