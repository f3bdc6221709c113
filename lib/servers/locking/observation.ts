/**
 * How a second session sees what a session is doing, and stops it.
 *
 * The second session is opened like the first one, and behind a load balancer it can be on another
 * server, where the number of the first session is somebody else's. So the first session takes a lock
 * with a random name, and everything that the second one sends is about whoever holds that lock: on
 * another server nobody does.
 *
 * @module
 */
import type { Statement } from "../../sql/statement.ts";
import type { Facts, ServerVersion } from "../effect.ts";

/** 128 random bits in hexadecimal digits: the name of a lock that one session alone can hold. */
export type Mark = string;

/** Makes a mark for one session. */
export const newMark = (): Mark => crypto.getRandomValues(new Uint8Array(16)).toHex();

/** What there is to ask. */
export interface Observation {
  /** Whether a session of that server keeps its other locks when it takes one more. */
  canMark(version: ServerVersion): boolean;
  /** Marks the session that executes this; gives `marked`. */
  mark(mark: Mark): Statement;
  /** Takes the mark from the session that executes this. */
  unmark(mark: Mark): Statement;
  /** What the second session does first. */
  prepare(facts: Facts): readonly Statement[];
  /** Asks, as `seen`, whether the marked session is on the same server. */
  sees(mark: Mark): Statement;
  /**
   * Asks how far the statement of the marked session is: what it is at in `phase`, and `done` of
   * `total`. No row, or a total of NULL or 0, where the server does not tell.
   */
  progress(mark: Mark, server: ServerVersion): Statement;
  /**
   * Makes the server give up the statement of the marked session, but not the session. Finding the
   * session and stopping it are one statement.
   */
  cancel(mark: Mark): Statement;
}
