/**
 * Work that others hold up: it is tried again, and whoever is in the way is named.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import { delay } from "../../timing/delay.ts";
import type { Database } from "../../servers/database.ts";
import { appended, DatabaseError, OperatorError } from "../../errors.ts";
import type { Row } from "../../sql/statement.ts";

/** Seconds before the second try; they double with each, up to the longest. */
const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 30;

/**
 * Whether the same work can succeed when it is tried again: after a deadlock, and after a wait that was cut
 * short for it. A wait for as long as the server allows is not repeated.
 */
export function isPassing(
  error: unknown,
  { locks: { lockWaits } }: Server,
  limitsWaits: boolean,
): boolean {
  const answer = error instanceof DatabaseError ? error : (error as Error | undefined)?.cause;
  if (!(answer instanceof DatabaseError)) return false;
  if (answer.code === lockWaits.timedOut && !limitsWaits) return false;
  return lockWaits.passing.includes(answer.code);
}

/** Who has a lock, in words. */
export function holderInWords({ id, application, user, address, seconds }: Row): string {
  const what = application ? ` (${application})` : "";
  const age = seconds === null ? "" : `, with a transaction of ${seconds} s`;
  return `server process ${id}${what} of user "${user}" from ${address}${age}`;
}

/** Who is in the way, in words; null where nobody can tell. Their statements may hold data and are not shown. */
export async function holders(
  database: Database,
  tables: readonly string[],
): Promise<string | null> {
  const { lockWaits } = database.server.locks;
  const question = tables.length > 0 ? lockWaits.holders(tables) : null;
  if (!question) return null;
  // Not every user may ask.
  const rows = await database.query(question).catch(() => []);
  return rows.length > 0 ? rows.map(holderInWords).join("; ") : null;
}

/** Tries again and again, for some time altogether. */
export class Patience {
  readonly #seconds: number;
  #since: number | null = null;
  #pause = FIRST_PAUSE;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  /** Work has gone on: the next wait is a new one. */
  reset(): void {
    this.#since = null;
    this.#pause = FIRST_PAUSE;
  }

  /** Seconds to pause before the next try, not the same for all who wait; null when there is no more. */
  next(): number | null {
    const now = performance.now();
    this.#since ??= now;
    if (now - this.#since > this.#seconds * 1000) return null;
    const pause = this.#pause * (0.5 + Math.random());
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    return pause;
  }

  /**
   * Pauses before the next try.
   *
   * @param who Who is in the way, in words; null where nobody can tell.
   * @throws {OperatorError} When there is no more time; names who is in the way.
   * @throws The signal's reason, when it aborts.
   */
  async wait(
    error: unknown,
    who: string | null,
    signal: AbortSignal | undefined,
    onPause: (seconds: number) => void,
  ): Promise<void> {
    const pause = this.next();
    if (pause === null) {
      const holder = who === null ? "" : `: ${who}`;
      const state = `\n  Gave up after ${this.#seconds} s of waiting for others${holder}`;
      throw new OperatorError({
        ...appended(error as OperatorError, state),
        remedy: "end that session, or raise --lock-timeout; then run the same command again",
        cause: error,
      });
    }
    onPause(pause);
    await delay(pause * 1000, signal);
  }
}
