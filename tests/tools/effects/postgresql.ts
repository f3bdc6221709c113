/**
 * What PostgreSQL really does with a statement: the locks that its transaction holds afterwards,
 * and the tables whose file is another one.
 *
 * @module
 */
import type { Database } from "../../../lib/servers/database.ts";
import { raw, type Statement } from "../../../lib/sql/statement.ts";

/** What a statement did to one table. */
export interface TableEffect {
  /** The strongest lock, such as `AccessExclusiveLock`. */
  readonly lock: string;
  /** Whether the table's rows are in another file. */
  readonly rewritten: boolean;
}

/** Weak to strong: https://www.postgresql.org/docs/current/explicit-locking.html */
const MODES: readonly string[] = [
  "AccessShareLock",
  "RowShareLock",
  "RowExclusiveLock",
  "ShareUpdateExclusiveLock",
  "ShareLock",
  "ShareRowExclusiveLock",
  "ExclusiveLock",
  "AccessExclusiveLock",
];

async function files(connection: Database): Promise<Map<string, string>> {
  const rows = await connection.query(raw(`
SELECT relname, relfilenode FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`));
  return new Map(rows.map(({ relname, relfilenode }) => [String(relname), String(relfilenode)]));
}

/** Runs a statement in a transaction of its own; gives what it did to tables that were there. */
export async function observe(
  connection: Database,
  statement: Statement,
): Promise<ReadonlyMap<string, TableEffect>> {
  const before = await files(connection);
  // A table's OIDs are read first: one that is dropped has no name afterwards.
  const names = new Map(
    (await connection.query(raw("SELECT oid::int, relname FROM pg_class WHERE relkind = 'r'")))
      .map(({ oid, relname }) => [String(oid), String(relname)]),
  );
  await connection.execute(raw("BEGIN"));
  await connection.execute(statement);
  const held = await connection.query(raw(`
SELECT relation::int AS oid, mode FROM pg_locks
WHERE pid = pg_backend_pid() AND locktype = 'relation'`));
  const after = await files(connection);
  await connection.execute(raw("COMMIT"));
  const effects = new Map<string, TableEffect>();
  for (const { oid, mode } of held) {
    const table = names.get(String(oid));
    if (table === undefined || !before.has(table)) continue;
    const lock = String(mode);
    const known = effects.get(table)?.lock;
    if (known !== undefined && MODES.indexOf(known) >= MODES.indexOf(lock)) continue;
    const now = after.get(table);
    effects.set(table, { lock, rewritten: now !== undefined && now !== before.get(table) });
  }
  return effects;
}
