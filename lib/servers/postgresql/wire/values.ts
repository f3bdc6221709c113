/**
 * Values on their way to PostgreSQL and back. Both are sent as text.
 *
 * @module
 */
import type { Value } from "../../../sql/statement.ts";

/** Object identifiers of types, from PostgreSQL's `pg_type.dat`. */
const OID = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  jsonb: 3802,
} as const;

const HEX_PREFIX = "\\x";

/** A value in the form in which PostgreSQL reads it, whatever the type of the column. */
export function bindable(value: Value): string | null {
  if (value === null) return null;
  if (!(value instanceof Uint8Array)) return String(value);
  return HEX_PREFIX + Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An integer as a number, or as a bigint where a number would lose digits. */
function integer(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** The bytes of a `bytea`. */
function bytes(text: string): Uint8Array {
  const pairs = text.slice(HEX_PREFIX.length).match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
}

/** How to read one type; values to send are text already. */
function type(oids: readonly number[], parse: (text: string) => Value) {
  return { to: oids[0]!, from: [...oids], serialize: (text: string) => text, parse };
}

/** Types in the form of the package. They replace its own, which would create dates and objects. */
export const TYPES = {
  boolean: type([OID.bool], (text) => text === "t"),
  bytes: type([OID.bytea], bytes),
  integer: type([OID.int8, OID.int2, OID.int4, OID.oid], integer),
  float: type([OID.float8, OID.float4], Number),
  text: type([OID.json, OID.jsonb, OID.date, OID.timestamp, OID.timestamptz], (text) => text),
};
