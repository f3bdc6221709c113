/**
 * Colours and widths of text.
 *
 * @module
 */
import { styleText } from "node:util";
import type { Host } from "./host.ts";

/** The styles, by their names in `node:util`. */
export type Style = "bold" | "dim" | "green" | "yellow" | "red" | "magenta";

/** Styles a text, or returns it unchanged. */
export type Styler = (style: Style, text: string) => string;

/** Colours where standard output is a terminal, unless `NO_COLOR` says no: https://no-color.org */
export function stylerOf({ stdout, environment }: Host): Styler {
  const isWanted = stdout.columns !== null && !environment.get("NO_COLOR") &&
    environment.get("TERM") !== "dumb";
  return isWanted
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
}

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
