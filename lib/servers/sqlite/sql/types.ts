/**
 * SQLite's column types: SQLite keeps a declared type as it was written.
 *
 * @module
 */
import { type ColumnType, text } from "../../../schema/types.ts";
import { typesNamed, withOneText } from "../../shared/spelling.ts";

/** SQLite has one kind of text. */
export const storedType = withOneText;

/** Spells a column type. */
export const typeText = typesNamed({
  text: "TEXT",
  mediumText: "TEXT",
  longText: "TEXT",
  integer: "INTEGER",
  boolean: "BOOLEAN",
  datetime: "DATETIME",
});

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
