/**
 * The `with-items` of a task: `NAME in LIST`.
 *
 * @module
 */
import { EXPRESSION } from "./expression.ts";

const ITERATION = new RegExp(`^\\s*[\\p{L}\\p{N}_-]+\\s*in\\s*(\\[.+\\]|${EXPRESSION})`, "u");

function isList(json: string): boolean {
  try {
    return Array.isArray(JSON.parse(json));
  } catch {
    return false;
  }
}

/** Whether a text is `NAME in LIST`; the list is an expression or JSON. */
export function isIteration(text: string): boolean {
  const list = ITERATION.exec(text)?.[1];
  return list !== undefined && (!list.startsWith("[") || isList(list));
}
