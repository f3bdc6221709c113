/**
 * Server defaults in one form, however they were written and however a catalog shows them.
 *
 * @module
 */
import type { Default } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import type { SpellLiteral } from "../../sql/literals.ts";
import { raw, type Statement } from "../../sql/statement.ts";
import { defaultText } from "./spelling.ts";

type Literal = string | number | boolean;

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A quoted text, on PostgreSQL with a cast after it. */
const QUOTED = /^'((?:[^']|'')*)'(?:::[\w\s".]+(?:\(\d+\))?(?:\[\])?)?$/;

const WORDS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** What all three databases, or one of them, take for the time at which the statement began. */
const NOW = /^(now\(\)|(current_timestamp|localtimestamp|localtime)(\(\))?)$/i;

/** The time at which the statement began, as all three databases spell it. */
const CURRENT_TIMESTAMP: Default = Object.freeze({ sql: "CURRENT_TIMESTAMP" });

/** Whether the first parenthesis is closed by the last. */
function isWrapped(sql: string): boolean {
  if (!sql.startsWith("(") || !sql.endsWith(")")) return false;
  let depth = 0;
  for (
    const [index, character] of [...sql.replaceAll(/'[^']*'/g, (text) => "x".repeat(text.length))]
      .entries()
  ) {
    if (character === "(") depth++;
    if (character === ")" && --depth === 0) return index === sql.length - 1;
  }
  return false;
}

function unwrapped(sql: string): string {
  const trimmed = sql.trim();
  return isWrapped(trimmed) ? unwrapped(trimmed.slice(1, -1)) : trimmed;
}

/** The value of SQL that is a literal; undefined where it is an expression, null where it is NULL. */
function literalOf(sql: string): Literal | null | undefined {
  const text = unwrapped(sql);
  if (/^null(::.*)?$/i.test(text)) return null;
  const number = /^\(?([^()]*)\)?(?:::[a-z ]+)?$/.exec(text)?.[1] ?? text;
  if (NUMBER.test(number)) return Number(number);
  const quoted = QUOTED.exec(text);
  return quoted ? quoted[1]!.replaceAll("''", "'") : WORDS[text.toLowerCase()];
}

const asBoolean = (literal: Literal): Literal => {
  const text = String(literal).toLowerCase();
  if (["1", "t", "true"].includes(text)) return true;
  return ["0", "f", "false"].includes(text) ? false : literal;
};

const asNumber = (literal: Literal): Literal =>
  typeof literal === "boolean" || NUMBER.test(literal as string) ? Number(literal) : literal;

const asText = (literal: Literal): Literal =>
  typeof literal === "boolean" ? String(Number(literal)) : String(literal);

/** How the values of a type are written. */
const forms: Readonly<Record<ColumnType["kind"], (literal: Literal) => Literal>> = {
  string: asText,
  char: asText,
  text: asText,
  mediumText: asText,
  longText: asText,
  datetime: asText,
  integer: asNumber,
  boolean: asBoolean,
  other: (literal) => literal,
};

/**
 * A default in the one form that all ways to write it come to: a literal of the column's type where
 * it is one, CURRENT_TIMESTAMP for its synonyms, else the expression; null for DEFAULT NULL.
 */
export function storedDefault(value: Default, type: ColumnType): Default | null {
  const literal = "sql" in value ? literalOf(value.sql) : value.literal;
  if (literal === null) return null;
  if (literal !== undefined) return { literal: forms[type.kind](literal) };
  const sql = unwrapped((value as { sql: string }).sql);
  return NOW.test(sql) ? CURRENT_TIMESTAMP : { sql };
}

/**
 * Makes a dialect's `sameDefault` from how the server compares two expressions as values of a column.
 */
export function defaultsCompared(
  literal: SpellLiteral,
  comparison: (left: string, right: string, type: ColumnType) => string,
) {
  return (left: Default, right: Default, type: ColumnType): Statement => {
    const [first, second] = [left, right].map((value) => `(${defaultText(value, literal)})`);
    const same = comparison(first!, second!, type);
    return raw(`SELECT CASE WHEN ${same} THEN 1 ELSE 0 END AS same`);
  };
}
