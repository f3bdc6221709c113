/**
 * The frame of a session: how every driver reports failures and ends a session.
 *
 * @module
 */
import { encodable } from "../../sql/encodable.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import type { Database } from "../database.ts";
import type { Server } from "../server.ts";
import { lostConnection, statementFailure } from "./failures.ts";

/** What a driver's package does for one session. */
export interface Client {
  /** Name of the database in error messages. */
  readonly target: string;
  /** Whether a pooler stands in between; not unless it is said. */
  readonly isPooled?: boolean;
  /** Runs a statement; returns how many rows it changed. */
  execute(statement: Statement): Promise<number>;
  /** Runs a statement that returns rows. */
  query(statement: Statement): Promise<readonly Row[]>;
  /** Why a failure lost the session; null if the server only refused a statement. */
  lossBy(failure: unknown): string | null;
  /** A server's failure as an error with `code` and `message`. */
  refusal(failure: unknown): unknown;
  /** Ends the session; immediately if a statement is under way. */
  end(underWay: boolean): Promise<void>;
}

/** The reason when the server closed the session. */
export const ENDED_BY_SERVER = "the server ended the session, see the server's log";

const ENDED_HERE = "it was ended here";

/** Options for opening a session. */
export interface Opening {
  /** What the server at the other end speaks. */
  readonly server: Server;
  /** Opens another session as this one was opened. */
  readonly openAnother: () => Promise<Database>;
  /** Gives up opening when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** One session. */
export class Session implements Database {
  readonly server: Server;
  readonly isPooled: boolean;
  readonly #client: Client;
  readonly openAnother: () => Promise<Database>;
  #underWay = 0;
  #end: Promise<void> | undefined;

  constructor(client: Client, { server, openAnother }: Opening) {
    this.#client = client;
    this.server = server;
    this.openAnother = openAnother;
    this.isPooled = client.isPooled ?? false;
  }

  execute(statement: Statement): Promise<number> {
    return this.#run(statement, () => this.#client.execute(statement));
  }

  query(statement: Statement): Promise<readonly Row[]> {
    return this.#run(statement, () => this.#client.query(statement));
  }

  async #run<T>(statement: Statement, work: () => Promise<T>): Promise<T> {
    if (this.#end !== undefined) throw lostConnection(this.#client.target, ENDED_HERE);
    for (const text of [...statement.parts, ...statement.values]) {
      if (typeof text === "string") encodable(text);
    }
    this.#underWay++;
    try {
      return await work();
    } catch (failure) {
      const loss = this.#end === undefined ? this.#client.lossBy(failure) : ENDED_HERE;
      if (loss !== null) throw lostConnection(this.#client.target, loss);
      throw statementFailure(this.#client.refusal(failure), statement.values);
    } finally {
      this.#underWay--;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#end ??= this.#client.end(this.#underWay > 0);
  }
}
