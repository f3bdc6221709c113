/**
 * Lists that stay short.
 *
 * @module
 */

/** Names as a short list: the first few, and how many more. */
export function listed(names: readonly string[], most = 4): string {
  const rest = names.length - most;
  return names.slice(0, most).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** Names of which one is to be chosen: `a, b or c`. */
export function alternatives(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
