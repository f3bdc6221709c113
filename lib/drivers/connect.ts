/**
 * Opening a session on whichever database the settings name. Only that database's driver is loaded.
 *
 * @module
 */
import { ConnectionError } from "../errors.ts";
import type { Connection, DialectName } from "./connection.ts";
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

type SettingsOf<D extends DialectName> = Extract<ConnectionSettings, { readonly dialect: D }>;
type Driver<D extends DialectName> = (
  settings: SettingsOf<D>,
  signal?: AbortSignal,
) => Promise<Connection>;

const DRIVERS: { readonly [D in DialectName]: () => Promise<Driver<D>> } = {
  postgresql: async () => (await import("./postgresql/mod.ts")).openPostgresql,
  mysql: async () => (await import("./mysql/mod.ts")).openMysql,
  sqlite: async () => (await import("./sqlite/mod.ts")).openSqlite,
};

/**
 * Opens a session.
 *
 * @throws {ConnectionError} When it cannot be opened; the sentence says why and what to do.
 * @throws The signal's reason, when it aborts.
 */
export function open(settings: ConnectionSettings, options: OpenOptions = {}): Promise<Connection> {
  return openWith(settings.dialect, settings, options);
}

/**
 * Opens a session on the database that a URL names, in the form that SQLAlchemy reads.
 *
 * @throws {OperatorError} When the URL is wrong.
 * @throws {ConnectionError} When the session cannot be opened.
 */
export async function connect(url: string, options: OpenOptions = {}): Promise<Connection> {
  const { connectionSettings } = await import("./connection_settings.ts");
  return await open(connectionSettings(new Secret(url)), options);
}

async function openWith<D extends DialectName>(
  dialect: D,
  settings: ConnectionSettings,
  { signal }: OpenOptions,
): Promise<Connection> {
  signal?.throwIfAborted();
  const driver = await DRIVERS[dialect]();
  return await driver(settings as SettingsOf<D>, signal);
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
    await pause(options.retryIntervalSeconds, options.signal);
  }
}

/** Waits, unless the signal aborts. */
async function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, seconds * 1000);
  const wake = () => resolve();
  signal?.addEventListener("abort", wake, { once: true });
  await promise;
  clearTimeout(timer);
  signal?.removeEventListener("abort", wake);
  signal?.throwIfAborted();
}
