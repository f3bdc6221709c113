/**
 * Which collation a new table gets. MySQL and MariaDB refuse a foreign key between texts of different
 * collations (error 3780, or 1005 with errno 150), and the default collation of a database can have
 * changed since its tables were made: MySQL 8.0 and MariaDB 11.5 brought new ones.
 *
 * @module
 */
import type { SchemaState, Table } from "../../../schema/schema.ts";

/** The collation that most tables have; undefined for the database's own. */
function mostUsed(tables: Iterable<Table>): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const { collation } of tables) counts.set(collation, (counts.get(collation) ?? 0) + 1);
  return [...counts].reduce<readonly [string | undefined, number]>(
    (most, one) => one[1] > most[1] ? one : most,
    [undefined, 0],
  )[0];
}

/** The table as it is created: with the collation of those that it refers to, else of most others. */
export function withCollation(table: Table, { tables }: SchemaState): Table {
  const referred = table.foreignKeys.flatMap(({ refTable }) => tables.get(refTable) ?? []);
  const collation = mostUsed(referred.length > 0 ? referred : tables.values());
  return collation === undefined ? table : { ...table, collation };
}
