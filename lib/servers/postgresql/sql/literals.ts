/**
 * PostgreSQL's literals.
 *
 * @module
 */
import { hex, literalWith, quoted, type SpellLiteral } from "../../../sql/literals.ts";

/** Spells a value; a text cannot hold NUL, which the server refuses. */
export const literal: SpellLiteral = literalWith({
  // E'' reads backslashes alike with standard_conforming_strings on and off.
  text: (text) => text.includes("\\") ? `E${quoted(text.replaceAll("\\", "\\\\"))}` : quoted(text),
  bytes: (bytes) => `decode('${hex(bytes)}', 'hex')`,
  boolean: (value) => value ? "TRUE" : "FALSE",
});
