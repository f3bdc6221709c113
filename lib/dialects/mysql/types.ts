/**
 * Column types of MySQL and MariaDB.
 *
 * @module
 */
import type { ColumnType } from "../../schema/types.ts";

/** MySQL and MariaDB keep all the types apart. */
export const storedType = (type: ColumnType): ColumnType => type;

/** Spells a column type. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case "string":
      return `VARCHAR(${type.length})`;
    case "char":
      return `CHAR(${type.length})`;
    case "text":
      return "TEXT";
    case "mediumText":
      return "MEDIUMTEXT";
    case "longText":
      return "LONGTEXT";
    case "integer":
      return "INTEGER";
    case "boolean":
      return "BOOL";
    case "datetime":
      return "DATETIME";
    case "other":
      return type.sql;
  }
}

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
