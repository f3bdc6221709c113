/**
 * Text in HTML, in SVG and in the labels of Graphviz.
 *
 * @module
 */
import { inOneLine } from "../text/printable.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text that is shown as it is, between tags and in attributes. */
export function markup(text: string): string {
  return inOneLine(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
