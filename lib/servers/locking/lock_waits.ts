/**
 * Waiting for the locks of tables. A change of a table that waits for its lock makes everybody behind
 * it wait as well, so it must not wait for long.
 *
 * @module
 */
import type { Statement } from "../../sql/statement.ts";

/** How a server limits such waits, and who is waited for. */
export interface LockWaits {
  /** What makes the session give up after so many seconds. */
  limit(seconds: number): readonly Statement[];
  /** What undoes that. */
  readonly reset: readonly Statement[];
  /** What limits the waits of a session that only asks, unless it has a shorter limit. */
  limitReads(seconds: number): readonly Statement[];
  /** The code of the error for a wait that was given up. */
  readonly timedOut: string;
  /** The codes of errors after which the same work can succeed: a wait that was given up, a deadlock. */
  readonly passing: readonly string[];
  /**
   * Asks who has locks on these tables, as `id`, `application`, `user`, `address` and `seconds`, the age
   * of the transaction; null where nobody can be asked.
   */
  holders(tables: readonly string[]): Statement | null;
  /** Asks in the same form who keeps others from reading tables; null where nobody can be asked. */
  readonly blockers: Statement | null;
}
