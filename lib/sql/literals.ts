/**
 * Values as SQL literals that mean the same whatever the session's settings are.
 *
 * @module
 */
import type { DialectName } from "./dialect_name.ts";
import { encodable } from "./encodable.ts";
import type { Statement, Value } from "./statement.ts";

/** Spells a value as a literal. */
export type Literal = (value: Value) => string;

const hex = (bytes: Uint8Array): string => bytes.toHex().toUpperCase();

const textHex = (text: string): string => hex(new TextEncoder().encode(text));

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How a dialect spells values other than numbers and NULL. */
interface Spelling {
  readonly text: (text: string) => string;
  readonly bytes: (bytes: Uint8Array) => string;
  readonly boolean: (value: boolean) => string;
}

const spellings: Readonly<Record<DialectName, Spelling>> = {
  postgresql: {
    // E'' reads backslashes alike with standard_conforming_strings on and off.
    text: (text) =>
      text.includes("\\") ? `E${quoted(text.replaceAll("\\", "\\\\"))}` : quoted(text),
    bytes: (bytes) => `decode('${hex(bytes)}', 'hex')`,
    boolean: (value) => value ? "TRUE" : "FALSE",
  },
  mysql: {
    // Whether a backslash escapes depends on NO_BACKSLASH_ESCAPES, and what bytes other than ASCII
    // mean on the client's character set; a hexadecimal literal means the same everywhere. Unlike
    // CONVERT it is a literal, so that it can be a column's default.
    text: (text) =>
      // deno-lint-ignore no-control-regex
      /^[\x01-\x5b\x5d-\x7f]*$/.test(text) ? quoted(text) : `_utf8mb4 X'${textHex(text)}'`,
    bytes: (bytes) => `X'${hex(bytes)}'`,
    boolean: (value) => value ? "1" : "0",
  },
  sqlite: {
    // SQLite's parser ends at the first NUL.
    text: (text) => text.includes("\0") ? `CAST(X'${textHex(text)}' AS TEXT)` : quoted(text),
    bytes: (bytes) => `X'${hex(bytes)}'`,
    boolean: (value) => value ? "1" : "0",
  },
};

function spell(value: Value, { text, bytes, boolean }: Spelling): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return text(encodable(value));
  if (typeof value === "boolean") return boolean(value);
  return value instanceof Uint8Array ? bytes(value) : String(value);
}

/** The literals of each dialect. PostgreSQL's text cannot hold NUL, which its server refuses. */
export const literals: Readonly<Record<DialectName, Literal>> = {
  postgresql: (value) => spell(value, spellings.postgresql),
  mysql: (value) => spell(value, spellings.mysql),
  sqlite: (value) => spell(value, spellings.sqlite),
};

/** The statement as text, its values spelled as literals. */
export function inlined({ parts, values }: Statement, literal: Literal): string {
  return encodable(parts.reduce((text, part, index) => text + literal(values[index - 1]!) + part));
}
