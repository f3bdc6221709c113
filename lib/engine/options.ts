/**
 * What runs can be told.
 *
 * @module
 */
import type { OnEvent } from "./events.ts";

/** Seconds to wait for another run unless said otherwise. */
export const LOCK_TIMEOUT_SECONDS = 300;

/** Seconds that a statement waits for a lock unless said otherwise. */
export const DDL_LOCK_TIMEOUT_SECONDS = 5;

/** Rows that are looked at in one batch unless said otherwise. */
export const BATCH_ROWS = 10_000;

/** How a run leaves room for others. */
export interface RunSettings {
  /**
   * Seconds that a statement waits for a lock before it gives way and is tried again; 0 waits as the
   * server is set up to. 5 unless given.
   */
  readonly ddlLockTimeoutSeconds?: number | undefined;
  /** Rows that are looked at in one batch; 10,000 unless given. */
  readonly batchRows?: number | undefined;
  /** Seconds between two batches; none unless given. */
  readonly batchPauseSeconds?: number | undefined;
}

/** What every run on a database can be told. */
export interface EngineOptions {
  /** Seconds to wait for another run on the same database; 0 does not wait. 300 unless given. */
  readonly lockTimeoutSeconds?: number;
  /** Told of everything that happens; must not throw. */
  readonly onEvent?: OnEvent;
  /** Stops the run between two statements; what is committed stays, the rest is rolled back. */
  readonly signal?: AbortSignal;
  /** Called before each change; what it returns is disposed when the change has ended. Must not throw. */
  readonly beginChange?: () => Disposable;
}
