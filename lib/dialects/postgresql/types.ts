/**
 * PostgreSQL's column types.
 *
 * @module
 */
import { type ColumnType, text } from "../../schema/types.ts";

/** PostgreSQL has one kind of unlimited text. */
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
      return "TIMESTAMP WITHOUT TIME ZONE";
    case "other":
      return type.sql;
  }
}

const named: Readonly<Record<string, ColumnType>> = {
  text,
  integer: { kind: "integer" },
  boolean: { kind: "boolean" },
  "timestamp without time zone": { kind: "datetime" },
};

/** Reads a type as the server's `format_type` writes it. */
export function parseType(written: string): ColumnType {
  const sized = /^(character varying|character)\((\d+)\)$/.exec(written);
  if (sized) {
    return { kind: sized[1] === "character" ? "char" : "string", length: Number(sized[2]) };
  }
  // quote_all_identifiers puts names of types that are not the standard's into quotes.
  return named[written.replaceAll('"', "")] ?? { kind: "other", sql: written };
}
