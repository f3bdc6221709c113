/**
 * Text for people. Names in a database can have characters in them that begin a new line, or that a
 * terminal obeys.
 *
 * @module
 */

/** Control characters, what else ends a line, and what turns the direction of writing around. */
// deno-lint-ignore no-control-regex -- these are what is looked for
const CONTROL = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
}

/** The text in one line, with control characters as escape sequences: for names. */
export function inOneLine(text: string): string {
  return text.replace(CONTROL, escaped);
}

/** The same, but line feeds stay: for whole messages, some of which have several lines. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => character === "\n" ? character : escaped(character));
}

/** A text with its first letter in upper case. */
export const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Breaks a text into lines of at most `width` characters; a longer word has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
