/**
 * Specifications of the standard definitions as the engine writes them.
 *
 * @module
 */

/** A task as the engine keeps it: with its type, its name and the version of the language. */
export const task = (name: string, keys: object): object => ({
  [name]: { ...keys, type: "direct", name, version: "2.0" },
});

/** JSON on one line with blanks after `,` and `:`, as Python writes it; for ASCII text only. */
export const specJson = (spec: object): string =>
  JSON.stringify(spec, null, 1).replace(/,\n */g, ", ").replace(/\n */g, "");
