/**
 * Comments in scripts.
 *
 * @module
 */
import { inOneLine } from "../text/printable.ts";

/** A text as a comment; nothing in it can end the comment, or speak to the client's terminal. */
export function sqlComment(text: string): string {
  return text.split("\n").map((line) => `-- ${inOneLine(line)}`).join("\n");
}
