/**
 * Following a long statement from a second session, as far as the server tells how far it is.
 *
 * @module
 */
import type { Facts } from "../../servers/effect.ts";
import { delay } from "../../timing/delay.ts";
import { type Mark, newMark, type Observation } from "../../servers/locking/observation.ts";
import type { Database } from "../../servers/database.ts";
import { DatabaseError } from "../../errors.ts";
import { executeAll } from "../transaction.ts";

/** How many sessions are opened until one is on the server of the session that is watched. */
const TRIES = 5;

/** How far a statement is. */
export interface Progress {
  /** Its phase, in the server's words; null if it has only one. */
  readonly phase: string | null;
  /** How much of the phase is done. */
  readonly done: number;
  /** How much there is to do; null where nobody knows. */
  readonly total: number | null;
}

/** Inputs of a watch. */
export interface WatchOptions {
  /** The session whose statements are watched. */
  readonly database: Database;
  readonly facts: Facts;
  /** Milliseconds after which a statement is long; most end before, and need no second session. */
  readonly longMs?: number;
  /** Milliseconds between two questions. */
  readonly intervalMs?: number;
}

/** Marks the session; false where the server does not let it be marked. */
async function isMarked(
  { database, facts }: WatchOptions,
  observation: Observation,
  mark: Mark,
): Promise<boolean> {
  if (!observation.canMark(facts.version)) return false;
  try {
    const [row] = await database.query(observation.mark(mark));
    return Number(row!.marked) === 1;
  } catch (error) {
    // Some clusters forbid named locks.
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}

/** Watches the statements of a session. */
export class Watch implements AsyncDisposable {
  readonly #options: WatchOptions;
  readonly #observation: Observation;
  readonly #mark: Mark;
  #second: Database | null = null;

  private constructor(options: WatchOptions, observation: Observation, mark: Mark) {
    this.#options = options;
    this.#observation = observation;
    this.#mark = mark;
  }

  /** Begins, between two statements; null where a server cannot be asked. */
  static async begin(options: WatchOptions): Promise<Watch | null> {
    const { observation } = options.database.server.locks;
    if (!observation) return null;
    const mark = newMark();
    if (!await isMarked(options, observation, mark)) return null;
    return new Watch(options, observation, mark);
  }

  /**
   * Waits for a statement, and tells meanwhile how far it is. When the signal aborts, the server is asked
   * to give the statement up, since whatever waits for its locks would wait for it as well.
   */
  async during<T>(
    statement: Promise<T>,
    onProgress: (progress: Progress) => void,
    signal?: AbortSignal,
  ): Promise<T> {
    const ended = new AbortController();
    const watching = this.#follow(ended.signal, onProgress);
    let cancelling: Promise<void> | undefined;
    const cancel = () => cancelling = this.#cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await statement;
    } finally {
      signal?.removeEventListener("abort", cancel);
      ended.abort();
      await watching;
      // Otherwise it might hit the next statement.
      await cancelling;
    }
  }

  /**
   * A session on the server of the one that is watched: a load balancer can lead to others as well.
   *
   * @throws {Error} When none of several is there.
   */
  async #openSecond(): Promise<Database> {
    for (let tries = 0; tries < TRIES; tries++) {
      const second = await this.#options.database.openAnother();
      if (await this.#sees(second)) return second;
      await second[Symbol.asyncDispose]();
    }
    throw new Error("no second session is on the same server");
  }

  async #sees(second: Database): Promise<boolean> {
    try {
      await executeAll(second, this.#observation.prepare(this.#options.facts));
      const [row] = await second.query(this.#observation.sees(this.#mark));
      return Number(row!.seen) === 1;
    } catch {
      return false;
    }
  }

  /** A server that does not do so, or not now, ends the statement in its own time. */
  async #cancel(): Promise<void> {
    try {
      this.#second ??= await this.#openSecond();
      await this.#second.query(this.#observation.cancel(this.#mark));
    } catch {
      return;
    }
  }

  /** A watch that fails is of no use to anybody, and no reason to stop what is watched. */
  async #follow(ended: AbortSignal, onProgress: (progress: Progress) => void): Promise<void> {
    const { longMs = 2000, intervalMs = 1000 } = this.#options;
    try {
      await delay(longMs, ended);
      this.#second ??= await this.#openSecond();
      for (;;) {
        const progress = await this.#ask(this.#second);
        if (progress && !ended.aborted) onProgress(progress);
        await delay(intervalMs, ended);
      }
    } catch {
      return;
    }
  }

  async #ask(second: Database): Promise<Progress | null> {
    const { version: server } = this.#options.facts;
    const [row] = await second.query(this.#observation.progress(this.#mark, server));
    const total = Number(row?.total ?? 0);
    if (!row || total <= 0) return null;
    return { phase: String(row.phase), done: Number(row.done), total };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#second?.[Symbol.asyncDispose]();
    // A lost session has no mark any more, and must not hide what went wrong.
    await this.#options.database.query(this.#observation.unmark(this.#mark)).catch(() => {});
  }
}
