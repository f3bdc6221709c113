/**
 * How a server tells the time and its user, for the account of runs.
 *
 * @module
 */

/** Pieces of SQL. */
export interface JournalSpelling {
  /** The type of a time, to a fraction of a second. */
  readonly timeType: string;
  /** The time as it passes, also within a transaction; UTC. */
  readonly now: string;
  /** The user of the session. */
  readonly user: string;
  /** A time in the form of ISO 8601. */
  asText(column: string): string;
}
