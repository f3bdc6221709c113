/**
 * Changing the rows of a table some at a time.
 *
 * @module
 */
import type { Lock } from "../servers/locks.ts";
import type { Batches } from "../servers/step.ts";
import type { TableFacts } from "../servers/effect.ts";
import { delay } from "../timing/delay.ts";
import type { Database } from "../servers/database.ts";
import { join, raw, sql, type Statement, type Value } from "../sql/statement.ts";

/** How batches are made. */
export interface BatchOptions {
  /** Rows that are looked at in one batch. */
  readonly batchRows: number;
  /** Seconds between two batches. */
  readonly batchPauseSeconds: number;
  /** The lock under which it is done. */
  readonly lock: Lock | undefined;
  /** Ends the work between two batches. */
  readonly signal: AbortSignal | undefined;
  /** Told after each batch how many rows have been looked at. */
  readonly onBatch: (done: number) => void;
}

/**
 * Bytes of rows that one batch is to change at most, as far as the average tells. A Galera cluster takes
 * 2 GiB in one transaction, and long ones hold up replicas everywhere.
 */
const BATCH_BYTES = 64 * 2 ** 20;

/** How many rows of a table to take at a time: as many as wanted, or fewer where they are big. */
export function rowsAtATime(wanted: number, facts: TableFacts | undefined): number {
  if (!facts?.rows || !facts.bytes) return wanted;
  return Math.max(1, Math.min(wanted, Math.floor(BATCH_BYTES * facts.rows / facts.bytes)));
}

/** The rows after one key, and up to another; null is the beginning, or the end, of the table. */
interface Range {
  readonly after: Value;
  readonly upTo: Value;
}

function conditions({ key }: Batches, { after, upTo }: Range): readonly Statement[] {
  return [
    ...(after === null ? [] : [sql`${raw(key)} > ${after}`]),
    ...(upTo === null ? [] : [sql`${raw(key)} <= ${upTo}`]),
  ];
}

/** The statement for a range of rows. */
function part(statement: Statement, batches: Batches, range: Range): Statement {
  const more = conditions(batches, range);
  if (more.length === 0) return statement;
  return sql`${statement}\n${raw(batches.conjunction)} ${join(more, " AND ")}`;
}

/** The last key of the batch that begins after a key; null where fewer rows are left. */
async function endOfBatch(
  database: Database,
  batches: Batches,
  after: Value,
  rows: number,
): Promise<Value> {
  const { table, key } = batches;
  const where = conditions(batches, { after, upTo: null });
  const from = where.length > 0 ? sql`${raw(table)} WHERE ${where[0]!}` : raw(table);
  const [row] = await database.query(
    sql`SELECT ${raw(key)} AS last_key FROM ${from} ORDER BY 1 LIMIT 1 OFFSET ${
      raw(`${rows - 1}`)
    }`,
  );
  return row?.last_key ?? null;
}

/**
 * Executes a statement for some rows at a time, in the order of a key; each batch is committed. Beginning
 * again does no harm: a statement of a migration gives the same rows the same values.
 *
 * @returns How many rows were changed.
 * @throws {OperatorError} When the server refuses a batch; those before it stay.
 */
export async function executeInBatches(
  database: Database,
  statement: Statement,
  batches: Batches,
  { batchRows, batchPauseSeconds, lock, signal, onBatch }: BatchOptions,
): Promise<number> {
  const pace = await database.server.locks.pace(database);
  let changed = 0;
  let after: Value = null;
  for (let done = batchRows;; done += batchRows) {
    const upTo = await endOfBatch(database, batches, after, batchRows);
    changed += await database.execute(part(statement, batches, { after, upTo }));
    if (upTo === null) return changed;
    onBatch(done);
    await lock?.confirm();
    after = upTo;
    const pause = Math.max(batchPauseSeconds, await pace.secondsToPause());
    if (pause > 0) await delay(pause * 1000, signal);
    signal?.throwIfAborted();
  }
}
