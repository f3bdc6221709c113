/**
 * Running one migration on a database.
 *
 * @module
 */
import type { Dialect, Step } from "../dialects/dialect.ts";
import type { Connection } from "../drivers/connection.ts";
import { ConnectionError, OperatorError } from "../errors.ts";
import type { RowChange } from "../revisions/version_rows.ts";
import type { Change } from "../schema/change.ts";
import type { Statement } from "../sql/statement.ts";
import type { OnEvent } from "./events.ts";
import { changeVersion } from "./version_table.ts";

/** Everything that a migration does to a database. */
export interface Work {
  readonly revision: string;
  /** The steps to make, without those that an earlier run has made. */
  readonly steps: readonly Step[];
  /** How many steps an earlier run has made. */
  readonly madeBefore: number;
  readonly rowChanges: readonly RowChange[];
  /** What is written down besides the version table; may be done twice. */
  readonly records: readonly Statement[];
  /** The revisions that this run has finished before, oldest first. */
  readonly finished: readonly string[];
}

/** Where and how work is done. */
export interface Workplace {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly onEvent: OnEvent;
  readonly signal: AbortSignal | undefined;
  /** Whether one transaction holds the whole run. */
  readonly wholeRun: boolean;
}

/** The text of a statement, with a question mark for each value. */
const textOf = (statement: Statement): string => statement.parts.join("?");

function warn(changes: readonly Change[], count: number, work: Work, onEvent: OnEvent): void {
  for (const change of changes) {
    if (change.kind !== "execute" || !change.warning || count === 0) continue;
    const message = change.warning.replace("{count}", String(count));
    onEvent({ kind: "warning", revision: work.revision, message });
  }
}

/** What an operator can count on after a failure. */
function progress(work: Work, done: number, { dialect, wholeRun }: Workplace): string {
  const { finished, revision, steps, madeBefore } = work;
  if (wholeRun) return "Nothing of this run was kept";
  const complete = finished.length > 1 ? `${finished[0]} to ${finished.at(-1)}` : finished[0];
  const made = madeBefore + done;
  const partial = dialect.transactionalDdl || made === 0
    ? undefined
    : `${made} of ${madeBefore + steps.length} steps of ${revision}`;
  const parts = [complete, partial].filter((part) => part !== undefined);
  return `Done before the failure: ${parts.join(" and ") || "nothing"}`;
}

/** The server's refusal as a sentence: what could not be done, why, and at which statement. */
function refused(error: unknown, work: Work, done: number, text: string, place: Workplace) {
  if (!(error instanceof OperatorError) || error instanceof ConnectionError) return error;
  return new OperatorError(
    `Cannot apply ${work.revision} on ${place.dialect.name}: ${error.message}\n` +
      `${text.replace(/^/gm, "  ")}\n` +
      `  ${progress(work, done, place)}; remove the cause and run the same command again to go on`,
    { cause: error },
  );
}

async function makeStep(work: Work, index: number, place: Workplace): Promise<void> {
  const { connection, onEvent, signal } = place;
  const step = work.steps[index]!;
  for (const statement of step.statements) {
    signal?.throwIfAborted();
    onEvent({ kind: "statement", revision: work.revision, text: textOf(statement) });
    try {
      warn(step.changes, await connection.execute(statement), work, onEvent);
    } catch (error) {
      throw refused(error, work, index, textOf(statement), place);
    }
  }
}

/** Runs statements that belong to no migration, such as those around a transaction. */
export async function executeAll(
  connection: Connection,
  statements: readonly Statement[],
): Promise<void> {
  for (const statement of statements) await connection.execute(statement);
}

/**
 * Makes the steps of a migration, then its change of the version table. Neither begins nor ends a
 * transaction.
 *
 * @throws {OperatorError} When the server refuses a statement.
 */
export async function migrate(work: Work, place: Workplace): Promise<void> {
  for (const index of work.steps.keys()) await makeStep(work, index, place);
  await executeAll(place.connection, work.records);
  for (const change of work.rowChanges) await changeVersion(place.connection, change);
}

/** The server's refusal to keep what was done, as a sentence. */
function notCommitted(error: unknown, what: string, { name }: Dialect) {
  if (!(error instanceof OperatorError) || error instanceof ConnectionError) return error;
  return new OperatorError(
    `Cannot commit ${what} on ${name}: ${error.message}; it was rolled back, remove the cause and ` +
      "run the same command again",
    { cause: error },
  );
}

/**
 * Does something that makes these steps, in one transaction where the dialect has them for that.
 *
 * @param what What is done, for the sentence where it cannot be kept.
 * @throws What `action` throws, after the transaction was rolled back.
 * @throws {OperatorError} When the server does not commit.
 */
export async function inTransaction<T>(
  { connection, dialect }: Pick<Workplace, "connection" | "dialect">,
  what: string,
  steps: readonly Step[],
  action: () => Promise<T>,
): Promise<T> {
  const { begin, commit, rollback } = dialect.transactionOf(steps);
  await executeAll(connection, begin);
  try {
    const result = await action();
    await executeAll(connection, commit).catch((error) => {
      throw notCommitted(error, what, dialect);
    });
    return result;
  } catch (error) {
    // A lost session has rolled back already; its loss must not hide what went wrong.
    await executeAll(connection, rollback).catch(() => {});
    throw error;
  }
}
