/**
 * Opening a session on whichever database the settings name. Only that database's driver is loaded.
 *
 * @module
 */
import { delay } from "../delay.ts";
import { ConnectionError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import { driverOf } from "./drivers.ts";
import { connectionSettings } from "./connection_settings.ts";
import { Secret } from "./secret.ts";
import type { ConnectionSettings } from "./settings.ts";

/** How a session is opened. */
export interface OpenOptions {
  /** Gives up opening when it aborts; a session that is open is not affected. */
  readonly signal?: AbortSignal | undefined;
}

/** How often, and how patiently, a server that is not up yet is asked. */
export interface RetryOptions extends OpenOptions {
  /** How many times to try again after the first time; -1: for ever. */
  readonly maxRetries: number;
  /** Seconds between two tries. */
  readonly retryIntervalSeconds: number;
  /** Told before each wait; `retry` counts from 1. */
  readonly onRetry?: ((error: ConnectionError, retry: number) => void) | undefined;
}

/**
 * Opens a session.
 *
 * @throws {ConnectionError} When it cannot be opened; the sentence says why and what to do.
 * @throws The signal's reason, when it aborts.
 */
export async function open(
  settings: ConnectionSettings,
  { signal }: OpenOptions = {},
): Promise<Connection> {
  signal?.throwIfAborted();
  return await driverOf(settings).open(settings, signal);
}

/**
 * Opens a session on the database that a URL names, in the form that SQLAlchemy reads.
 *
 * @throws {OperatorError} When the URL is wrong.
 * @throws {ConnectionError} When the session cannot be opened.
 */
export async function connect(url: string, options: OpenOptions = {}): Promise<Connection> {
  return await open(connectionSettings(new Secret(url)), options);
}

/**
 * Opens a session on a server that may still have to come up.
 *
 * @throws {ConnectionError} When trying again makes no sense, or the tries are used up.
 * @throws The signal's reason, when it aborts.
 */
export async function openWithRetries(
  settings: ConnectionSettings,
  options: RetryOptions,
): Promise<Connection> {
  for (let retry = 1;; retry++) {
    try {
      return await open(settings, options);
    } catch (error) {
      const isLast = options.maxRetries >= 0 && retry > options.maxRetries;
      if (isLast || !(error instanceof ConnectionError && error.retryable)) throw error;
      options.onRetry?.(error, retry);
    }
    await delay(options.retryIntervalSeconds * 1000, options.signal);
  }
}
