/**
 * The names that PostgreSQL makes up for constraints without one
 * (`makeObjectName` and `ChooseRelationName` in src/backend/commands/indexcmds.c).
 *
 * @module
 */
import type { Names } from "../../operations/server_rules.ts";
import type { SchemaState } from "../../schema/schema.ts";

/** PostgreSQL keeps identifiers of up to 63 bytes (NAMEDATALEN - 1). */
const MAXIMUM_BYTES = 63;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** Cuts a text to that many bytes at most, never inside of a character. */
function cut(text: string, bytes: number): string {
  let kept = text;
  while (byteLength(kept) > bytes) kept = [...kept].slice(0, -1).join("");
  return kept;
}

/** `<first>_<second>_<label>`, the longer of the first two shortened until it fits. */
function fit(first: string, second: string, label: string): string {
  const available = MAXIMUM_BYTES - byteLength(label) - (second ? 2 : 1);
  let [firstBytes, secondBytes] = [byteLength(first), byteLength(second)];
  while (firstBytes + secondBytes > available) {
    if (firstBytes > secondBytes) firstBytes--;
    else secondBytes--;
  }
  return [cut(first, firstBytes), cut(second, secondBytes), label].filter(Boolean).join("_");
}

/** Tables, indexes and constraints share one space of names as far as made up names go. */
function takenNames(schema: SchemaState): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const table of schema.tables.values()) {
    taken.add(table.name);
    if (table.primaryKey) taken.add(table.primaryKey.name);
    for (const { name } of [...table.uniques, ...table.indexes, ...table.foreignKeys]) {
      taken.add(name);
    }
  }
  return taken;
}

/** The first name that is free: with the label, then with `label1`, `label2` and so on. */
function free(schema: SchemaState, table: string, columns: string, label: string): string {
  const taken = takenNames(schema);
  let name = fit(table, columns, label);
  for (let pass = 1; taken.has(name); pass++) name = fit(table, columns, `${label}${pass}`);
  return name;
}

/** `<table>_pkey`, `<table>_<columns>_key`, `<table>_<columns>_fkey`. */
export const names: Names = {
  primaryKey: (schema, table) => free(schema, table, "", "pkey"),
  unique: (schema, table, columns) => free(schema, table, columns.join("_"), "key"),
  foreignKey: (schema, table, columns) => free(schema, table, columns.join("_"), "fkey"),
};

/** The name of the sequence that numbers a column. */
export const sequenceName = (table: string, column: string): string => fit(table, column, "seq");
