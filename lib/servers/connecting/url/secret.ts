/**
 * Text that must never be shown.
 *
 * @module
 */

/** Shown instead of a secret; the same three stars that SQLAlchemy shows. */
export const MASK = "***";

/**
 * A password, or a text that contains one. However it is printed, interpolated, inspected or
 * serialized, it shows as `***`; only {@linkcode reveal} gives the text, for the driver to send.
 *
 * @example
 * ```ts
 * import { Secret } from "./secret.ts";
 * import assert from "node:assert/strict";
 *
 * const password = new Secret("hunter2");
 * assert.equal(`${password}`, "***");
 * assert.equal(password.reveal(), "hunter2");
 * ```
 */
export class Secret {
  readonly #text: string;

  /** Takes the text to hide. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Whoever calls this must not put it in a message, an event or an error. */
  reveal(): string {
    return this.#text;
  }

  /** The mask, for string conversion. */
  toString(): string {
    return MASK;
  }

  /** The mask, for `JSON.stringify`. */
  toJSON(): string {
    return MASK;
  }

  /** The mask, for `Deno.inspect` and `console.log`. */
  [Symbol.for("Deno.customInspect")](): string {
    return MASK;
  }

  /** The mask, for `inspect` of `node:util`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return MASK;
  }
}
