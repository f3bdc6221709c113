/**
 * PostgreSQL's column types.
 *
 * @module
 */
import { type ColumnType, text } from "../../../schema/types.ts";
import { typesNamed, withOneText } from "../../shared/spelling.ts";

/** PostgreSQL has one kind of unlimited text. */
export const storedType = withOneText;

/** Spells a column type. */
export const typeText = typesNamed({
  text: "TEXT",
  mediumText: "TEXT",
  longText: "TEXT",
  integer: "INTEGER",
  boolean: "BOOLEAN",
  datetime: "TIMESTAMP WITHOUT TIME ZONE",
});

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
