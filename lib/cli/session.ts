/**
 * The session of a command: a signal ends what it waits for, and no question waits long for a lock.
 *
 * @module
 */
import type { Database } from "../servers/database.ts";
import type { Server } from "../servers/server.ts";
import { blockersInWords, READ_LOCK_SECONDS } from "../engine/disturbance/blockers.ts";
import { executeAll } from "../engine/transaction.ts";
import { DatabaseError } from "../errors.ts";
import type { Row, Statement } from "../sql/statement.ts";
import type { Context } from "./context.ts";
import type { Interrupt } from "./interrupt.ts";

/** A session that obeys signals, but leaves the changes that are under way to the engine. */
class InterruptibleSession implements Database {
  readonly server: Server;
  readonly isPooled: boolean;
  readonly #session: Database;
  readonly #interrupt: Interrupt;
  /** Whether whoever uses the session knows that it is to stop: what follows cleans up. */
  #isTold = false;

  constructor(session: Database, interrupt: Interrupt) {
    this.server = session.server;
    this.isPooled = session.isPooled;
    this.#session = session;
    this.#interrupt = interrupt;
  }

  execute(statement: Statement): Promise<number> {
    return this.#untilStopped(() => this.#session.execute(statement));
  }

  query(statement: Statement): Promise<readonly Row[]> {
    return this.#untilStopped(() => this.#session.query(statement));
  }

  openAnother(): Promise<Database> {
    return this.#session.openAnother();
  }

  async #untilStopped<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this.#interrupt;
    if (signal.aborted && !this.#interrupt.isChanging && !this.#isTold) {
      this.#isTold = true;
      throw signal.reason;
    }
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = () => {
      if (this.#interrupt.isChanging) return;
      this.#isTold = true;
      reject(signal.reason);
      void this[Symbol.asyncDispose]();
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await Promise.race([work(), promise]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }
}

/** A session whose questions name the session that they waited for too long. */
function namingBlockers(session: Database, ask: () => Promise<string>): Database {
  const { timedOut } = session.server.locks.lockWaits;
  return {
    server: session.server,
    isPooled: session.isPooled,
    execute: (statement) => session.execute(statement),
    openAnother: () => session.openAnother(),
    async query(statement) {
      try {
        return await session.query(statement);
      } catch (error) {
        if (!(error instanceof DatabaseError && error.code === timedOut)) throw error;
        throw new DatabaseError({ failed: await ask(), code: error.code, cause: error });
      }
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** Makes the session of a command from one that was opened for it. */
export async function sessionFor(
  { interrupt }: Pick<Context, "interrupt">,
  opened: Database,
): Promise<Database> {
  // The transaction of the session that failed may answer no further question.
  const ask = async () => {
    await using second = await opened.openAnother();
    return await blockersInWords(second);
  };
  const session = new InterruptibleSession(
    namingBlockers(opened, () => ask().catch(() => blockersInWords(null))),
    interrupt,
  );
  // Behind a pooler the limit would stay with the server's session, and so become another client's.
  if (session.isPooled) return session;
  try {
    await executeAll(session, session.server.locks.lockWaits.limitReads(READ_LOCK_SECONDS));
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}
