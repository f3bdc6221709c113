/**
 * Sessions that change a database: what they set first, and when they must not begin. A server can be
 * set up so that a statement succeeds and does something else, or does it on one server of several.
 *
 * @module
 */
import type { Database } from "./database.ts";
import type { Statement } from "../sql/statement.ts";

/** Why a database must not be changed, and what to do about it. */
export interface Obstacle {
  /** As the end of "Cannot change the database: …". */
  readonly why: string;
  /** As an order, such as `set sql_log_bin = ON`. */
  readonly remedy: string;
}

/** A dialect's requirements for a session that changes a database. */
export interface SessionRules {
  /** What a run, and a script, sets first: nothing depends on the server's own settings then. */
  readonly settings: readonly Statement[];
  /** What is wrong with the server or the session once that is set; null for nothing. */
  obstacle(database: Database): Promise<Obstacle | null>;
  /** The problem of these tables, as far as they exist; null if there is none. */
  tablesObstacle(database: Database, tables: readonly string[]): Promise<Obstacle | null>;
}

/** For servers on which no setting does harm. */
export const NO_RULES: SessionRules = Object.freeze({
  settings: [],
  obstacle: () => Promise.resolve(null),
  tablesObstacle: () => Promise.resolve(null),
});
