/**
 * Reading and changing the rows of definitions.
 *
 * @module
 */
import type { DefinitionKind } from "../definitions/definition.ts";
import type { Database } from "../servers/database.ts";
import { join, ofTable, raw, type Row, sql, type Statement, type Value } from "../sql/statement.ts";
import type { SeedChange } from "./reconcile.ts";
import { DEFAULT_PROJECT, type Seed, TABLES } from "./seed.ts";

const columnList = (columns: readonly string[]): Statement => raw(columns.join(", "));

/** Rows of a table that have the name, or another name, of one of the seeds. */
export async function rowsNamed(
  database: Database,
  kind: DefinitionKind,
  seeds: readonly Seed[],
  columns: readonly string[],
): Promise<readonly Row[]> {
  const names = seeds.flatMap(({ name, otherNames }) => [name, ...otherNames]);
  if (names.length === 0) return [];
  return await database.query(
    ofTable(
      TABLES[kind],
      sql`SELECT ${columnList(columns)} FROM ${raw(TABLES[kind])}
WHERE name IN (${join(names.map((name) => sql`${name}`))})
ORDER BY id`,
    ),
  );
}

/** System actions without a specification. */
export async function actionsWithoutSpec(database: Database): Promise<readonly Row[]> {
  return await database.query(
    ofTable(
      TABLES.action,
      sql`SELECT id, name FROM ${raw(TABLES.action)}
WHERE is_system = ${true} AND project_id = ${DEFAULT_PROJECT} AND (spec IS NULL OR spec = ${"null"})
ORDER BY name, id`,
    ),
  );
}

function insert(table: Statement, values: Readonly<Record<string, Value>>): Statement {
  const held = join(Object.values(values).map((value) => sql`${value}`));
  return sql`INSERT INTO ${table} (${columnList(Object.keys(values))})\nVALUES (${held})`;
}

function update(
  table: Statement,
  id: string,
  values: Readonly<Record<string, Value>>,
): Statement {
  const set = Object.entries(values).map(([column, value]) => sql`${raw(column)} = ${value}`);
  return sql`UPDATE ${table}\nSET ${join(set)}\nWHERE id = ${id}`;
}

/**
 * The statement that makes a change.
 *
 * @param now The time of the change, in UTC and whole seconds.
 */
export const statementOf = (change: SeedChange, now: string): Statement =>
  ofTable(TABLES[change.kind], spelled(change, now));

function spelled(change: SeedChange, now: string): Statement {
  const table = raw(TABLES[change.kind]);
  switch (change.verb) {
    case "add":
      return insert(table, { id: crypto.randomUUID(), created_at: now, ...change.values });
    case "change":
      return update(table, change.id, { ...change.values, updated_at: now });
    case "remove":
      return sql`DELETE FROM ${table} WHERE id = ${change.id}`;
  }
}
