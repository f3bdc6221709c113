/**
 * Whether two schemas are the same to the eye of the server.
 *
 * @module
 */
import type { SchemaState, Table } from "./schema.ts";

const byName = (left: { name: string }, right: { name: string }): number =>
  left.name < right.name ? -1 : left.name > right.name ? 1 : 0;

/**
 * The table with what has no order of its own put in order of name, and without what the server
 * cannot tell us, or what no migration decides.
 */
function canonicalTable({ collation: _, ...table }: Table): Table {
  return {
    ...table,
    uniques: table.uniques.toSorted(byName),
    indexes: table.indexes.map((index) => ({ ...index, implicit: false })).toSorted(byName),
    foreignKeys: table.foreignKeys.toSorted(byName),
  };
}

/** The tables in order of name, in a form that can be compared member by member. */
export function canonical(schema: SchemaState): readonly Table[] {
  return [...schema.tables.values()].map(canonicalTable).toSorted(byName);
}
