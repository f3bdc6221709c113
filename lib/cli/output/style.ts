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

/** A number with thousands separators: `1,234,567`. */
export const counted = (value: number): string => Math.round(value).toLocaleString("en-US");

/** Bytes in a suitable unit: `1.5 MB`. */
export function sized(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const index = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const value = bytes / 1000 ** index;
  return `${index === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[index]}`;
}

/** Seconds in a suitable unit: `0.4 s`, `12 s`, `3 min`, `1.5 h`. */
export function lasting(seconds: number): string {
  if (seconds < 10) return `${Math.ceil(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
