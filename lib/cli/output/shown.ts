/**
 * What leaves the program: only its own line breaks and styles are obeyed, everything else is shown.
 *
 * @module
 */
import { inOneLine } from "../../text/printable.ts";

/** Begins a style of ours; nobody else can know it. */
export const STYLE_MARK = `\x1b${crypto.randomUUID()}`;

/** The number of a style, as a terminal has it. */
const STYLE = /^\[\d+m/;

/** A line for standard output. */
export function shownLine(line: string): string {
  const [first, ...styled] = line.split(STYLE_MARK);
  const rest = styled.map((piece) => {
    const style = STYLE.exec(piece)?.[0] ?? "";
    return `${style && "\x1b"}${style}${inOneLine(piece.slice(style.length))}`;
  });
  return [inOneLine(first!), ...rest].join("");
}
