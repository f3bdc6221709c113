/**
 * What a site has in the database besides Mistral's schema, and does not want to hear of.
 *
 * @module
 */
import { schemaOf, type SchemaState, type Table } from "./schema.ts";

/**
 * Whether a name is meant by a pattern, in which `*` stands for any text. Each part of the pattern is
 * found once, as early as it can be; a regular expression would try all combinations of places.
 */
export function isMeant(name: string, pattern: string): boolean {
  const [first = "", ...middle] = pattern.split("*");
  const last = middle.pop();
  if (last === undefined) return name === pattern;
  const end = name.length - last.length;
  if (end < first.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of middle) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** The part of a table that is not ignored. */
function partOf(table: Table, isIgnored: (name: string) => boolean): Table {
  const isOwn = ({ name }: { readonly name: string }) => !isIgnored(`${table.name}.${name}`);
  const kept = new Set(table.columns.filter(isOwn).map(({ name }) => name));
  const isWhole = ({ columns }: { readonly columns: readonly string[] }) =>
    columns.every((name) => kept.has(name));
  return {
    ...table,
    columns: table.columns.filter(isOwn),
    primaryKey: table.primaryKey && isWhole(table.primaryKey) ? table.primaryKey : null,
    uniques: table.uniques.filter((key) => isOwn(key) && isWhole(key)),
    indexes: table.indexes.filter((index) => isOwn(index) && isWhole(index)),
    foreignKeys: table.foreignKeys.filter((key) =>
      isOwn(key) && isWhole(key) && !isIgnored(key.refTable)
    ),
  };
}

/**
 * A schema without what is ignored.
 *
 * @param patterns Names of tables, or `table.name` of their columns, indexes and constraints; `*` in
 * them stands for any text.
 */
export function withoutIgnored(schema: SchemaState, patterns: readonly string[]): SchemaState {
  if (patterns.length === 0) return schema;
  const isIgnored = (name: string) => patterns.some((pattern) => isMeant(name, pattern));
  const tables = [...schema.tables.values()].filter(({ name }) => !isIgnored(name));
  return schemaOf(tables.map((table) => partOf(table, isIgnored)));
}
