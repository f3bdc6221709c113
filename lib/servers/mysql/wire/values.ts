/**
 * Values on their way to MySQL and back.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import mysql from "mysql2";
import type { Row, Value } from "../../../sql/statement.ts";

/** The values that the package accepts. */
type Parameter = string | number | Buffer | mysql.TypedParameterValue | null;

/** A value in the type that the server should see; the package sends numbers as floats. */
export function bindable(value: Value): Parameter {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === "boolean") return mysql.TypedParameter.TINY(value);
  const integer = typeof value === "bigint" || Number.isSafeInteger(value);
  return integer ? mysql.TypedParameter.LONGLONG(value) : value as string | number | null;
}

/** A row of the package as a plain one. */
export function rowOf(row: mysql.RowDataPacket, fields: readonly mysql.FieldPacket[]): Row {
  return Object.fromEntries(
    fields.map(({ name, columnType }) => [name, valueOf(row[name], columnType)]),
  );
}

/** A value of the package: it gives integers that are unsafe as text, and bytes as a `Buffer`. */
function valueOf(value: unknown, columnType: number | undefined): Value {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (columnType === mysql.Types.LONGLONG && typeof value === "string") return BigInt(value);
  return value as Value;
}
