/**
 * How SQLite waits for the lock of the file. The busy timeout of the connection is its limit.
 *
 * @module
 */
import type { LockWaits } from "../../locking/lock_waits.ts";

/** Who holds the lock is not known to the file. */
export const lockWaits: LockWaits = {
  limit: () => [],
  reset: [],
  limitReads: () => [],
  timedOut: "5",
  // SQLITE_BUSY, and with a snapshot
  passing: ["5", "517"],
  holders: () => null,
  blockers: null,
};
