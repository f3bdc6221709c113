/**
 * SQLite's literals.
 *
 * @module
 */
import { hex, type Literal, literalWith, quoted, textHex } from "../../../sql/literals.ts";

/** Spells a value. */
export const literal: Literal = literalWith({
  // SQLite's parser ends at the first NUL.
  text: (text) => text.includes("\0") ? `CAST(X'${textHex(text)}' AS TEXT)` : quoted(text),
  bytes: (bytes) => `X'${hex(bytes)}'`,
  boolean: (value) => value ? "1" : "0",
});
