/**
 * The names that PostgreSQL makes up for constraints without one
 * (`makeObjectName` and `ChooseRelationName` in src/backend/commands/indexcmds.c,
 * `ChooseConstraintName` in src/backend/catalog/pg_constraint.c). SQLite, which leaves such constraints
 * unnamed, gets the same ones, so that a message about a constraint reads alike on both.
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
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
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

/** The names of all constraints. */
function constraintNames(schema: SchemaState): readonly string[] {
  return [...schema.tables.values()].flatMap(({ primaryKey, uniques, foreignKeys }) =>
    [...(primaryKey ? [primaryKey] : []), ...uniques, ...foreignKeys].map(({ name }) => name)
  );
}

/** The names of all tables and indexes; those of keys are constraints' names as well. */
function relationNames(schema: SchemaState): readonly string[] {
  return [...schema.tables.values()].flatMap((
    { name, indexes },
  ) => [name, ...indexes.map((index) => index.name)]);
}

/** The first name that is free: with the label, then with `label1`, `label2` and so on. */
function free(taken: readonly string[], table: string, columns: string, label: string): string {
  let name = fit(table, columns, label);
  for (let pass = 1; taken.includes(name); pass++) name = fit(table, columns, `${label}${pass}`);
  return name;
}

/** A key is an index too, and so keeps clear of other relations. */
function keyName(schema: SchemaState, table: string, columns: string, label: string): string {
  return free([...relationNames(schema), ...constraintNames(schema)], table, columns, label);
}

/** `<table>_pkey`, `<table>_<columns>_key`, `<table>_<columns>_fkey`. */
export const names: Names = {
  primaryKey: (schema, table) => keyName(schema, table, "", "pkey"),
  unique: (schema, table, columns) => keyName(schema, table, columns.join("_"), "key"),
  foreignKey: (schema, table, columns) =>
    free(constraintNames(schema), table, columns.join("_"), "fkey"),
};

/** The name of the sequence that numbers a column. */
export const sequenceName = (table: string, column: string): string => fit(table, column, "seq");
