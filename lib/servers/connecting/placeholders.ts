/**
 * A statement as the text that a driver sends.
 *
 * @module
 */
import type { Statement } from "../../sql/statement.ts";

/**
 * The text of a statement with a placeholder for each value.
 *
 * @param placeholder Spells the placeholder of the value with this number, counted from 1.
 */
export function withPlaceholders(
  statement: Statement,
  placeholder: (position: number) => string,
): string {
  return statement.parts.reduce((text, part, index) => text + placeholder(index) + part);
}
