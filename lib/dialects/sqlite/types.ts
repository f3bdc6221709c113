/**
 * SQLite's column types: SQLite keeps a declared type as it was written.
 *
 * @module
 */
import { type ColumnType, text } from "../../schema/types.ts";

/** SQLite has one kind of text. */
export function storedType(type: ColumnType): ColumnType {
  return type.kind === "mediumText" || type.kind === "longText" ? text : type;
}

/** Spells a column type. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case "string":
      return `VARCHAR(${type.length})`;
    case "char":
      return `CHAR(${type.length})`;
    case "text":
    case "mediumText":
    case "longText":
      return "TEXT";
    case "integer":
      return "INTEGER";
    case "boolean":
      return "BOOLEAN";
    case "datetime":
      return "DATETIME";
    case "other":
      return type.sql;
  }
}

const named: Readonly<Record<string, ColumnType>> = {
  TEXT: text,
  INT: { kind: "integer" },
  INTEGER: { kind: "integer" },
  BOOLEAN: { kind: "boolean" },
  DATETIME: { kind: "datetime" },
};

/** Reads a type as it was declared. */
export function parseType(written: string): ColumnType {
  const sized = /^(VARCHAR|CHAR)\((\d+)\)$/i.exec(written);
  if (sized) {
    return {
      kind: sized[1]!.toUpperCase() === "CHAR" ? "char" : "string",
      length: Number(sized[2]),
    };
  }
  return named[written.toUpperCase()] ?? { kind: "other", sql: written };
}
