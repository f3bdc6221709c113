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
