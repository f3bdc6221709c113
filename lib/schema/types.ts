/**
 * Column types, spelled without a database in mind. A dialect says which of them its server really
 * keeps apart, and how they are written.
 *
 * @module
 */

/** The type of a column; `length` is in characters. `other` is a server's own type, kept as it says it. */
export type ColumnType =
  | { readonly kind: "string" | "char"; readonly length: number }
  | { readonly kind: "text" | "mediumText" | "longText" }
  | { readonly kind: "integer" | "boolean" | "datetime" }
  | { readonly kind: "other"; readonly sql: string };

/** Text of at most `length` characters. */
export const string = (length: number): ColumnType => Object.freeze({ kind: "string", length });

/** Text of exactly `length` characters, padded with blanks where the server does that. */
export const char = (length: number): ColumnType => Object.freeze({ kind: "char", length });

/** Text without a declared limit; MySQL and MariaDB keep 64 KiB of it. */
export const text: ColumnType = Object.freeze({ kind: "text" });

/** Text of up to 16 MiB on MySQL and MariaDB, plain text elsewhere. */
export const mediumText: ColumnType = Object.freeze({ kind: "mediumText" });

/** Text of up to 4 GiB on MySQL and MariaDB, plain text elsewhere. */
export const longText: ColumnType = Object.freeze({ kind: "longText" });

/** A whole number of 32 bits. */
export const integer: ColumnType = Object.freeze({ kind: "integer" });

/** True or false; MySQL, MariaDB and SQLite keep 1 or 0. */
export const boolean: ColumnType = Object.freeze({ kind: "boolean" });

/** Date and time without a time zone; whole seconds on MySQL and MariaDB. */
export const datetime: ColumnType = Object.freeze({ kind: "datetime" });
