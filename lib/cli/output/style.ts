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
