/**
 * Text for people. Names in a database can have characters in them that begin a new line, or that a
 * terminal obeys.
 *
 * @module
 */

/**
 * Control characters, what else ends a line, what turns the direction of writing around, and what nobody
 * sees.
 */
const CONTROL =
  // deno-lint-ignore no-control-regex -- these are what is looked for
  /[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const hexadecimal = (code: number, digits: number): string =>
  code.toString(16).padStart(digits, "0");

function escaped(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  const code = character.codePointAt(0)!;
  if (code > 0xffff) return `\\u{${hexadecimal(code, 5)}}`;
  return code > 0xff ? `\\u${hexadecimal(code, 4)}` : `\\x${hexadecimal(code, 2)}`;
}

/** The text in one line, with control characters as escape sequences. */
export function inOneLine(text: string): string {
  return text.replace(CONTROL, escaped);
}

/** The lines of a text of ours, or of a migration, with control characters as escape sequences. */
export const linesOf = (text: string): readonly string[] => text.split("\n").map(inOneLine);

/**
 * A message, which may have several lines, with control characters as escape sequences. All lines but the
 * first are indented, so that none can be taken for a message of its own.
 */
export function printable(text: string): string {
  return linesOf(text).join("\n").replace(/\n(?! {2}|\n|$)/g, "\n  ");
}

/** A value as JSON, with control characters as its escape sequences. */
export function jsonText(value: unknown, indent = 0): string {
  const unit = (text: string, at: number) => `\\u${hexadecimal(text.charCodeAt(at), 4)}`;
  return JSON.stringify(value, null, indent).replace(
    CONTROL,
    // The line feeds that are left are those of the layout.
    (found) =>
      found === "\n" ? found : found.length > 1 ? unit(found, 0) + unit(found, 1) : unit(found, 0),
  );
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
