/**
 * An order in which tables that refer to each other can be made.
 *
 * @module
 */
import type { ForeignKey, Table } from "../schema.ts";

/** A table, and those of its foreign keys that can only be made once later tables are there. */
export interface Ordered {
  readonly table: Table;
  readonly deferred: readonly ForeignKey[];
}

/** Puts tables behind those that they refer to, in order of name where it does not matter. */
export function parentsFirst(tables: readonly Table[]): readonly Ordered[] {
  const waiting = new Map(
    tables.toSorted((left, right) => left.name < right.name ? -1 : 1)
      .map((table) => [table.name, table]),
  );
  const refersAhead = (table: Table) => ({ refTable }: ForeignKey): boolean =>
    refTable !== table.name && waiting.has(refTable);
  const ordered: Ordered[] = [];
  while (waiting.size > 0) {
    const candidates = [...waiting.values()];
    // Where all wait for each other, one has to begin without its foreign keys.
    const table = candidates.find((one) => !one.foreignKeys.some(refersAhead(one))) ??
      candidates[0]!;
    ordered.push({ table, deferred: table.foreignKeys.filter(refersAhead(table)) });
    waiting.delete(table.name);
  }
  return ordered;
}
