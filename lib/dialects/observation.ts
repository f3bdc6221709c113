/**
 * How a second session sees what a session is doing, and stops it.
 *
 * @module
 */
import type { Statement } from "../sql/statement.ts";
import type { Facts, Server } from "./effect.ts";

/** What there is to ask. */
export interface Observation {
  /** What the second session does first. */
  prepare(facts: Facts): readonly Statement[];
  /** Asks a session for its number, as `id`. */
  readonly session: Statement;
  /**
   * Asks how far the statement of that session is: what it is at in `phase`, and `done` of `total`. No
   * row, or a total of NULL or 0, where the server does not tell.
   */
  progress(id: number, server: Server): Statement;
  /** Makes the server give up the statement of that session, but not the session. */
  cancel(id: number): Statement;
}
