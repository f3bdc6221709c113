/**
 * What columns can hold: older revisions, and MySQL, have less room.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { OperatorError } from "../errors.ts";
import type { Column, Table } from "../schema/schema.ts";
import type { Seed } from "./seed.ts";

/** What is too much about a value; null where it fits. */
function excess(value: string, { type }: Column, { textBytes }: Dialect): string | null {
  if ("length" in type) {
    const length = [...value].length;
    return length > type.length ? `has ${length} characters, of ${type.length} that fit` : null;
  }
  const limit = textBytes(type);
  const size = limit === null ? 0 : new TextEncoder().encode(value).length;
  return limit !== null && size > limit ? `has ${size} bytes, of ${limit} that fit` : null;
}

/**
 * Makes sure that a seed fits into its table; MySQL would cut it where its mode is not strict.
 *
 * @throws {OperatorError} When it does not fit; says what and by how much.
 */
export function assertFits({ kind, name, values }: Seed, table: Table, dialect: Dialect): void {
  for (const column of table.columns) {
    const value = values[column.name];
    const problem = typeof value === "string" ? excess(value, column, dialect) : null;
    if (problem === null) continue;
    throw new OperatorError(
      `Cannot populate: "${column.name}" of ${kind} "${name}" ${problem} at this revision; ` +
        "upgrade the database, or make it shorter",
    );
  }
}
