/**
 * Opens a session on the database that the settings name. Only that database's driver is loaded.
 *
 * @module
 */
import { tries } from "../../timing/tries.ts";
import { ConnectionError } from "../../errors.ts";
import type { Database } from "../database.ts";
import { driverOf } from "../drivers.ts";
import { connectionSettings } from "./url/connection_settings.ts";
import { Secret } from "./url/secret.ts";
import type { ConnectionSettings } from "./url/settings.ts";

/** How a session is opened. */
export interface OpenOptions {
  /** Gives up opening when it aborts; a session that is open is not affected. */
  readonly signal?: AbortSignal | undefined;
}

/** How often, and how many seconds apart, to retry while the server is down. */
export interface RetryOptions extends OpenOptions {
  /** Number of retries; -1: no limit. */
  readonly maxRetries: number;
  /** Seconds between two attempts. */
  readonly retryIntervalSeconds: number;
  /** Seconds after which no attempt begins any more; no limit unless given. */
  readonly timeoutSeconds?: number;
  /** Called before each wait; `retry` counts from 1. */
  readonly onRetry?: ((error: ConnectionError, retry: number) => void) | undefined;
}

/**
 * Opens a session.
 *
 * @throws {ConnectionError} When it cannot be opened; the message says why and what to do.
 * @throws The signal's reason, when it aborts.
 */
export async function open(
  settings: ConnectionSettings,
  { signal }: OpenOptions = {},
): Promise<Database> {
  signal?.throwIfAborted();
  const driver = driverOf(settings);
  const [client, server] = await Promise.all([driver.loadClient(), driver.load()]);
  const openAnother = () => open(settings);
  return await client.open(settings, { server, openAnother, signal });
}

/**
 * Opens a session on the database of a URL in SQLAlchemy's form.
 *
 * @throws {OperatorError} When the URL is wrong.
 * @throws {ConnectionError} When the session cannot be opened.
 */
export async function connect(url: string, options: OpenOptions = {}): Promise<Database> {
  return await open(connectionSettings(new Secret(url)), options);
}

/**
 * Opens a session on a server that may still be starting.
 *
 * @throws {ConnectionError} When a retry cannot help, or all retries failed.
 * @throws The signal's reason, when it aborts.
 */
export async function openWithRetries(
  settings: ConnectionSettings,
  options: RetryOptions,
): Promise<Database> {
  const { maxRetries, retryIntervalSeconds, timeoutSeconds = Infinity, signal } = options;
  const trying = {
    seconds: timeoutSeconds,
    most: maxRetries < 0 ? Infinity : maxRetries + 1,
    pauseMs: retryIntervalSeconds * 1000,
    signal,
  };
  let problem: unknown;
  for await (const { count, isLast } of tries(trying)) {
    try {
      return await open(settings, options);
    } catch (error) {
      if (!(error instanceof ConnectionError && error.retryable)) throw error;
      problem = error;
      if (!isLast()) options.onRetry?.(error, count);
    }
  }
  throw problem;
}
