/**
 * What runs can be told.
 *
 * @module
 */
import type { OnEvent } from "./events.ts";

/** How long a run waits, and how it leaves room for others. */
export interface RunSettings {
  /** Seconds to wait for another run on the same database; 0 does not wait. 300 unless given. */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Seconds for which work that others block is retried, counted from the last progress. 300 unless given. */
  readonly retrySeconds?: number | undefined;
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

/** Default settings of a run. */
export const DEFAULTS: { readonly [K in keyof RunSettings]-?: number } = {
  lockTimeoutSeconds: 300,
  retrySeconds: 300,
  ddlLockTimeoutSeconds: 5,
  batchRows: 10_000,
  batchPauseSeconds: 0,
};

/** All settings: those that are given, and the defaults of the others. */
export function completeSettings(given: RunSettings): typeof DEFAULTS {
  return {
    lockTimeoutSeconds: given.lockTimeoutSeconds ?? DEFAULTS.lockTimeoutSeconds,
    retrySeconds: given.retrySeconds ?? DEFAULTS.retrySeconds,
    ddlLockTimeoutSeconds: given.ddlLockTimeoutSeconds ?? DEFAULTS.ddlLockTimeoutSeconds,
    batchRows: given.batchRows ?? DEFAULTS.batchRows,
    batchPauseSeconds: given.batchPauseSeconds ?? DEFAULTS.batchPauseSeconds,
  };
}

/** What every run on a database can be told. */
export interface EngineOptions extends RunSettings {
  /** Told of everything that happens; must not throw. */
  readonly onEvent?: OnEvent;
  /** Stops the run between two statements; what is committed stays, the rest is rolled back. */
  readonly signal?: AbortSignal;
  /** Called before each change; what it returns is disposed when the change has ended. Must not throw. */
  readonly beginChange?: () => Disposable;
}
