/**
 * Removes values from a server's messages about a statement.
 *
 * @module
 */
import type { Value } from "../../sql/statement.ts";

/** Replaces a value in a message. */
const PLACEHOLDER = "?";

/** Shorter values than this occur in the middle of words. */
const SHORTEST_ANYWHERE = 4;

/** A quoted text of at least this length that is part of a value counts as a shortened value. */
const SHORTEST_PART = 16;

/**
 * Removes the values of a statement from a message. MySQL quotes them (`Duplicate entry 'x' for key
 * 'y'`), shortened when they are long; PostgreSQL does so where a value is no number or time.
 */
export function redact(message: string, values: readonly Value[]): string {
  const texts = values.filter((value) => value !== null && typeof value !== "boolean")
    .map((value) => value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value))
    .filter((text) => text !== "")
    .sort((a, b) => b.length - a.length);
  if (texts.length === 0) return message;
  const redacted = texts.filter((text) => text.length >= SHORTEST_ANYWHERE)
    .reduce((left, text) => left.replaceAll(text, PLACEHOLDER), message);
  return redacted.replace(
    /(['"])(.*?)\1/g,
    (whole, quote, quoted) => showsValue(quoted, texts) ? quote + PLACEHOLDER + quote : whole,
  );
}

/** Whether a quoted text is a value, several joined by hyphens as in an index, or a part of one. */
function showsValue(quoted: string, values: readonly string[]): boolean {
  const parts = new Set([quoted, ...quoted.split("-")]);
  const start = quoted.replace(/\.\.\.$/, "");
  return values.some((value) =>
    parts.has(value) || (start.length >= SHORTEST_PART && value.includes(start))
  );
}
