/**
 * References in values: `$name`, `${name}` and `${group.name}`.
 *
 * @module
 */

/** `$$`, `$name` or `${name}`; a dollar sign before anything else means itself. */
const REFERENCE = /\$(?:(\$)|([_a-z][._a-z0-9]*)|\{([_a-z][._a-z0-9]*)\})/giu;

/**
 * Fills in references, as oslo.config does: `\$` and `$$` are a dollar sign, and a dollar sign that
 * begins no name stays.
 *
 * @param refer The text of the option with that name.
 */
export function substitute(text: string, refer: (name: string) => string): string {
  return text.replaceAll("\\$", "$$$$").replace(
    REFERENCE,
    (_, escaped?: string, plain?: string, braced?: string) => escaped ?? refer((plain ?? braced)!),
  );
}
