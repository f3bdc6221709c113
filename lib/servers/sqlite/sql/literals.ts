/**
 * SQLite's literals.
 *
 * @module
 */
import { hex, literalWith, quoted, type SpellLiteral, textHex } from "../../../sql/literals.ts";

/** Spells a value. */
export const literal: SpellLiteral = literalWith({
  // SQLite's parser ends at the first NUL.
  text: (text) => text.includes("\0") ? `CAST(X'${textHex(text)}' AS TEXT)` : quoted(text),
  bytes: (bytes) => `X'${hex(bytes)}'`,
  boolean: (value) => value ? "1" : "0",
});
