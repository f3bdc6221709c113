/**
 * Text that can be stored.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";

/**
 * The text itself. JavaScript's strings can have half of a character, as from `"\uD83D"` in a YAML file;
 * encoding would replace it with a question mark in silence.
 *
 * @throws {OperatorError} When it has such a half.
 */
export function encodable(text: string): string {
  if (text.isWellFormed()) return text;
  const half = /\p{Surrogate}/u.exec(text)![0].charCodeAt(0).toString(16).toUpperCase();
  throw new OperatorError({
    failed: "Cannot store a text",
    because: `it contains U+${half}, half of a character, which cannot be encoded`,
    remedy: `correct the text, for example an escape such as "\\u${half.toLowerCase()}"`,
  });
}
