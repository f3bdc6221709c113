/**
 * Literals of MySQL and MariaDB.
 *
 * @module
 */
import { hex, literalWith, quoted, type SpellLiteral, textHex } from "../../../sql/literals.ts";

/** Spells a value. */
export const literal: SpellLiteral = literalWith({
  // Whether a backslash escapes depends on NO_BACKSLASH_ESCAPES, and what bytes other than ASCII
  // mean on the client's character set; a hexadecimal literal means the same everywhere. Unlike
  // CONVERT it is a literal, so that it can be a column's default.
  text: (text) =>
    // deno-lint-ignore no-control-regex
    /^[\x01-\x5b\x5d-\x7f]*$/.test(text) ? quoted(text) : `_utf8mb4 X'${textHex(text)}'`,
  bytes: (bytes) => `X'${hex(bytes)}'`,
  boolean: (value) => value ? "1" : "0",
});
