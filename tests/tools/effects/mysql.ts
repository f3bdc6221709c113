/**
 * What MySQL and MariaDB really do with a statement: they refuse an ALGORITHM or a LOCK that is
 * cheaper than what they need, and a table that was rebuilt has another id.
 *
 * @module
 */
import type { Database } from "../../../lib/servers/database.ts";
import { DatabaseError } from "../../../lib/errors.ts";
import { raw, sql, type Statement } from "../../../lib/sql/statement.ts";

/** What the server needs for an ALTER TABLE. */
export interface MeasuredAlgorithm {
  /** The cheapest algorithm that it takes. */
  readonly algorithm: string;
  /** The weakest lock that it takes with that; null where it takes none by name. */
  readonly lock: string | null;
  /** Whether the table's rows are somewhere else afterwards. */
  readonly rebuilt: boolean;
}

/** From cheap to dear. INSTANT takes no LOCK by name. */
const ATTEMPTS: readonly (readonly [string, string | null])[] = [
  ["INSTANT", null],
  ...["NOCOPY", "INPLACE", "COPY"].flatMap((algorithm) =>
    ["NONE", "SHARED", "EXCLUSIVE"].map((lock) => [algorithm, lock] as const)
  ),
];

async function tableId(connection: Database, table: string): Promise<unknown> {
  const [{ version }] = await connection.query(raw("SELECT VERSION() AS version")) as [
    { version: string },
  ];
  const catalog = version.includes("MariaDB") ? "INNODB_SYS_TABLES" : "INNODB_TABLES";
  const [row] = await connection.query(sql`
SELECT TABLE_ID AS id FROM information_schema.${raw(catalog)}
WHERE NAME = CONCAT(DATABASE(), '/', ${table})`);
  return row?.id;
}

/** Runs an ALTER TABLE in the cheapest way that the server takes. */
export async function alterCheaply(
  connection: Database,
  table: string,
  text: string,
): Promise<MeasuredAlgorithm> {
  const before = await tableId(connection, table);
  for (const [algorithm, lock] of ATTEMPTS) {
    const clauses = [`ALGORITHM=${algorithm}`, ...(lock ? [`LOCK=${lock}`] : [])];
    try {
      await connection.execute(raw(`${text},\n  ${clauses.join(",\n  ")}`));
    } catch (error) {
      if (error instanceof DatabaseError) continue;
      throw error;
    }
    return { algorithm, lock, rebuilt: await tableId(connection, table) !== before };
  }
  throw new Error(`refused in every way: ${text}`);
}

/** Runs a statement on rows; gives whether others can read the table before it is committed. */
export async function readersDuring(
  connection: Database,
  other: Database,
  table: string,
  statement: Statement,
): Promise<boolean> {
  await connection.execute(raw("BEGIN"));
  await connection.execute(statement);
  const canRead = await other.query(raw(`SELECT COUNT(*) FROM ${table}`)).then(() => true);
  await connection.execute(raw("COMMIT"));
  return canRead;
}

/** Runs a statement; gives whether it first waits for others who are only reading the table. */
export async function waitsForReaders(
  connection: Database,
  other: Database,
  table: string,
  statement: Statement,
): Promise<boolean> {
  await connection.execute(raw("SET SESSION lock_wait_timeout = 1"));
  await other.execute(raw("BEGIN"));
  await other.query(raw(`SELECT COUNT(*) FROM ${table}`));
  const waits = await connection.execute(statement).then(() => false, (error) => {
    if (error instanceof DatabaseError) return true;
    throw error;
  });
  await other.execute(raw("COMMIT"));
  if (waits) await connection.execute(statement);
  return waits;
}
