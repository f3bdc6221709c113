/**
 * Comparing a database with the schema that is wanted.
 *
 * @module
 */
import type { Database } from "../../servers/database.ts";
import { DatabaseError } from "../../errors.ts";
import { sameDefault, sameType } from "../../schema/diff/mod.ts";
import { withoutIgnored } from "../../schema/ignored.ts";
import { type Column, schemaOf, type SchemaState, type Table } from "../../schema/schema.ts";
import { inTransaction } from "../transaction.ts";

/** A database and what it should be. */
export interface Comparison {
  readonly live: SchemaState;
  /** A default that only reads differently is spelled as the database has it. */
  readonly wanted: SchemaState;
}

/** Only expressions can read differently and still be the same; and times, in many forms. */
function mayBeEqual(live: Column, wanted: Column): boolean {
  if (!live.default || !wanted.default || !sameType(live, wanted)) return false;
  return "sql" in live.default || "sql" in wanted.default || live.type.kind === "datetime";
}

/** Asks in a read-only transaction: an expression may be anything, also one that changes something. */
async function isSame(database: Database, live: Column, wanted: Column): Promise<boolean> {
  const { spelling: { transactions }, catalog: { sameDefault: same } } = database.server;
  const question = same(live.default!, wanted.default!, live.type);
  try {
    const [row] = await inTransaction(
      database,
      transactions.readOnly,
      () => database.query(question),
    );
    return Number(row!.same) === 1;
  } catch (error) {
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}

async function alignedColumn(
  database: Database,
  live: Column | undefined,
  wanted: Column,
): Promise<Column> {
  if (!live || sameDefault(live, wanted) || !mayBeEqual(live, wanted)) return wanted;
  return await isSame(database, live, wanted) ? { ...wanted, default: live.default } : wanted;
}

async function aligned(
  database: Database,
  live: SchemaState,
  wanted: SchemaState,
): Promise<SchemaState> {
  const tables: Table[] = [];
  for (const table of wanted.tables.values()) {
    const columns: Column[] = [];
    for (const column of table.columns) {
      const now = live.tables.get(table.name)?.columns.find(({ name }) => name === column.name);
      columns.push(await alignedColumn(database, now, column));
    }
    tables.push({ ...table, columns });
  }
  return schemaOf(tables);
}

/**
 * Asks the database which defaults are the same as declared. Changes nothing.
 *
 * @param found Its schema.
 * @param ignore What is left out on both sides, see `withoutIgnored`.
 */
export async function compare(
  database: Database,
  found: SchemaState,
  schema: SchemaState,
  ignore: readonly string[] = [],
): Promise<Comparison> {
  const live = withoutIgnored(found, ignore);
  return { live, wanted: await aligned(database, live, withoutIgnored(schema, ignore)) };
}
