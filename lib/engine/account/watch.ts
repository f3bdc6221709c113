/**
 * Following a long statement from a second session, as far as the server tells how far it is.
 *
 * @module
 */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Facts } from "../../dialects/effect.ts";
import { delay } from "../../delay.ts";
import type { Connection } from "../../drivers/connection.ts";
import { executeAll } from "../transaction.ts";

/** How far a statement is. */
export interface Progress {
  /** What it is at, in the server's words; null where it is at the only thing that it does. */
  readonly phase: string | null;
  /** How much of the phase is done. */
  readonly done: number;
  /** How much there is to do; null where nobody knows. */
  readonly total: number | null;
}

/** What is needed to watch a session. */
export interface WatchOptions {
  /** The session whose statements are watched. */
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly facts: Facts;
  /** Opens another session on the same database. */
  readonly open: () => Promise<Connection>;
  /** Milliseconds after which a statement is long; most end before, and need no second session. */
  readonly longMs?: number;
  /** Milliseconds between two questions. */
  readonly intervalMs?: number;
}

/** Watches the statements of a session. */
export class Watch implements AsyncDisposable {
  readonly #options: WatchOptions;
  readonly #id: number;
  #second: Connection | null = null;

  private constructor(options: WatchOptions, id: number) {
    this.#options = options;
    this.#id = id;
  }

  /** Begins; null where a server cannot be asked. */
  static async begin(options: WatchOptions): Promise<Watch | null> {
    const { observation } = options.dialect;
    if (!observation) return null;
    const [row] = await options.connection.query(observation.session);
    return new Watch(options, Number(row!.id));
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

  async #openSecond(): Promise<Connection> {
    const { dialect, facts, open } = this.#options;
    const second = await open();
    await executeAll(second, dialect.observation!.prepare(facts));
    return second;
  }

  /** A server that does not do so, or not now, ends the statement in its own time. */
  async #cancel(): Promise<void> {
    try {
      const { dialect } = this.#options;
      this.#second ??= await this.#openSecond();
      await this.#second.query(dialect.observation!.cancel(this.#id));
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

  async #ask(second: Connection): Promise<Progress | null> {
    const { dialect, facts } = this.#options;
    const [row] = await second.query(dialect.observation!.progress(this.#id, facts.server));
    const total = Number(row?.total ?? 0);
    if (!row || total <= 0) return null;
    return { phase: String(row.phase), done: Number(row.done), total };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#second?.[Symbol.asyncDispose]();
  }
}
