/**
 * Colours and widths of text.
 *
 * @module
 */
import type { Host } from "./host.ts";
import { STYLE_MARK } from "./shown.ts";

/** The numbers with which terminals begin and end styles. */
const NUMBERS = {
  bold: [1, 22],
  dim: [2, 22],
  green: [32, 39],
  yellow: [33, 39],
  red: [31, 39],
  magenta: [35, 39],
} as const;

/** The styles. */
export type Style = keyof typeof NUMBERS;

/** Styles a text, or returns it unchanged. */
export type Styler = (style: Style, text: string) => string;

/** Colours where standard output is a terminal, unless `NO_COLOR` says no: https://no-color.org */
export function stylerOf({ stdout, environment }: Host): Styler {
  const isWanted = stdout.columns !== null && !environment.get("NO_COLOR") &&
    environment.get("TERM") !== "dumb";
  return isWanted
    ? (style, text) => {
      const [begin, end] = NUMBERS[style];
      return `${STYLE_MARK}[${begin}m${text}${STYLE_MARK}[${end}m`;
    }
    : (_, text) => text;
}
