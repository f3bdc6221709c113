/**
 * What columns can hold: older revisions, and MySQL, have less room.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import type { Column, Table } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import type { DialectName } from "../sql/dialect_name.ts";
import type { Seed } from "./seed.ts";

/** Bytes that texts without a declared length can have on MySQL and MariaDB. */
const MYSQL_BYTES: Partial<Record<ColumnType["kind"], number>> = {
  text: 65_535,
  mediumText: 16_777_215,
};

/** What is too much about a value; null where it fits. */
function excess(value: string, { type }: Column, dialect: DialectName): string | null {
  if ("length" in type) {
    const length = [...value].length;
    return length > type.length ? `has ${length} characters, of ${type.length} that fit` : null;
  }
  const limit = dialect === "mysql" ? MYSQL_BYTES[type.kind] : undefined;
  const size = limit === undefined ? 0 : new TextEncoder().encode(value).length;
  return limit !== undefined && size > limit ? `has ${size} bytes, of ${limit} that fit` : null;
}

/**
 * Makes sure that a seed fits into its table; MySQL would cut it where its mode is not strict.
 *
 * @throws {OperatorError} When it does not fit; says what and by how much.
 */
export function assertFits({ kind, name, values }: Seed, table: Table, dialect: DialectName): void {
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
