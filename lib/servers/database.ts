/**
 * The one interface through which the program talks to a database.
 *
 * @module
 */
import type { DialectName } from "../sql/dialect_name.ts";
import type { Server } from "./server.ts";
import type { Row, Statement } from "../sql/statement.ts";

export type { DialectName };

/**
 * One database session, never a pool. Statements run one after another, in the order of the calls;
 * transactions are ordinary statements (`BEGIN`, `COMMIT`). Disposing ends the session, which also
 * rolls back an open transaction; disposing twice does nothing.
 */
export interface Database extends AsyncDisposable {
  /** What the server at the other end speaks, and how it does things. */
  readonly server: Server;

  /** Whether a pooler lends out the server's sessions: then this may be another one each time. */
  readonly isPooled: boolean;

  /**
   * Runs a statement.
   *
   * @returns How many rows it changed (matched, for an UPDATE); 0 for statements that change none.
   * @throws {DatabaseError} When the server refuses the statement.
   * @throws {ConnectionError} When the session is lost.
   */
  execute(statement: Statement): Promise<number>;

  /**
   * Runs a statement that returns rows.
   *
   * Booleans come as the server has them (MySQL and SQLite: 0 or 1), times as text, integers as
   * number, or as bigint where a number would lose digits, binary data as bytes.
   *
   * @throws {DatabaseError} When the server refuses the statement.
   * @throws {ConnectionError} When the session is lost.
   */
  query(statement: Statement): Promise<readonly Row[]>;

  /**
   * Opens another session on the same database. Behind a load balancer it can be on another server.
   *
   * @throws {ConnectionError} When it cannot be opened.
   */
  openAnother(): Promise<Database>;
}
