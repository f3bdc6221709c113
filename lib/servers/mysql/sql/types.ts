/**
 * Column types of MySQL and MariaDB.
 *
 * @module
 */
import type { ColumnType } from "../../../schema/types.ts";
import { typesNamed } from "../../shared/spelling.ts";

/** MySQL and MariaDB keep all the types apart. */
export const storedType = (type: ColumnType): ColumnType => type;

/** Spells a column type. */
export const typeText = typesNamed({
  text: "TEXT",
  mediumText: "MEDIUMTEXT",
  longText: "LONGTEXT",
  integer: "INTEGER",
  boolean: "BOOL",
  datetime: "DATETIME",
});

// MySQL 8.0.19 and newer leave out the display width of int, but keep that of tinyint(1).
const named: Readonly<Record<string, ColumnType>> = {
  text: { kind: "text" },
  mediumtext: { kind: "mediumText" },
  longtext: { kind: "longText" },
  int: { kind: "integer" },
  "int(11)": { kind: "integer" },
  "tinyint(1)": { kind: "boolean" },
  datetime: { kind: "datetime" },
};

/** Reads a type as `information_schema.columns.column_type` has it. */
export function parseType(written: string): ColumnType {
  const sized = /^(varchar|char)\((\d+)\)$/.exec(written);
  if (sized) {
    return { kind: sized[1] === "char" ? "char" : "string", length: Number(sized[2]) };
  }
  return named[written] ?? { kind: "other", sql: written };
}
