/**
 * Values as SQL literals that mean the same whatever the session's settings are.
 *
 * @module
 */
import { encodable } from "./encodable.ts";
import type { Statement, Value } from "./statement.ts";

/** Spells a value as a literal. */
export type SpellLiteral = (value: Value) => string;

/** Bytes as hexadecimal digits. */
export const hex = (bytes: Uint8Array): string => bytes.toHex().toUpperCase();

/** A text, in UTF-8, as hexadecimal digits. */
export const textHex = (text: string): string => hex(new TextEncoder().encode(text));

/** A text in quotes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How a server spells values other than numbers and NULL. */
export interface Spelling {
  /** A text. */
  readonly text: (text: string) => string;
  /** Binary data. */
  readonly bytes: (bytes: Uint8Array) => string;
  /** True or false. */
  readonly boolean: (value: boolean) => string;
}

function spell(value: Value, { text, bytes, boolean }: Spelling): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return text(encodable(value));
  if (typeof value === "boolean") return boolean(value);
  return value instanceof Uint8Array ? bytes(value) : String(value);
}

/** Makes the literals of a server from what it spells in its own way. */
export const literalWith = (spelling: Spelling): SpellLiteral => (value) => spell(value, spelling);

/** The statement as text, its values spelled as literals. */
export function inlined({ parts, values }: Statement, literal: SpellLiteral): string {
  return encodable(parts.reduce((text, part, index) => text + literal(values[index - 1]!) + part));
}
