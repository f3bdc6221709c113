/**
 * One run at a time, and how a run waits for others and is seen by them.
 *
 * @module
 */
import type { Database } from "./database.ts";
import type { LockWaits } from "./locking/lock_waits.ts";
import type { Observation } from "./locking/observation.ts";
import type { Watch } from "./locking/pace.ts";
import type { SessionRules } from "./session_rules.ts";

/** Who holds the lock that a run waits for, as far as the server tells. */
export interface LockHolder {
  /** For the operator's eyes, such as `process 4711 (mistral-db-manage) from 10.0.0.5`. */
  readonly description: string;
}

/** How long to wait for another run, and whom to tell. */
export interface LockOptions {
  /** Seconds until the wait is given up; 0 does not wait at all. */
  readonly timeoutSeconds: number;
  /** Called once when the lock is found taken, and again when somebody else has taken it. */
  readonly onWaiting?: (holder: LockHolder) => void;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/** The right to work on a database alone; disposing gives it back. */
export interface Lock extends AsyncDisposable {
  /**
   * Makes sure that it is still ours.
   *
   * @throws {OperatorError} When another run has taken it over.
   */
  confirm(): Promise<void>;
}

/** What a change of the schema takes on all servers of a cluster. */
export interface ClusterLock {
  /** What such a cluster is called. */
  readonly cluster: string;
  /** What the servers call the lock. */
  readonly lock: string;
}

/** The locks of a server. */
export interface Locks {
  /**
   * Keeps other runs on the same database waiting until the lock is disposed.
   *
   * @throws {OperatorError} When the lock was not had in time; names the holder.
   */
  lock(database: Database, options: LockOptions): Promise<Lock>;
  /** How waits for the locks of tables are limited. */
  readonly lockWaits: LockWaits;
  /** How a second session sees what a session is doing; null where it cannot. */
  readonly observation: Observation | null;
  /** Requirements for a session that changes something. */
  readonly session: SessionRules;
  /** Tables that a killed run can leave behind; the lock of the next run removes them. */
  readonly leftovers: readonly string[];
  /** How long a run that writes much has to wait for others. */
  readonly pace: Watch;
  /** What a change of the schema takes on all servers of a cluster; null where there are no clusters. */
  readonly cluster: ClusterLock | null;
}
