/**
 * The database of a run: found in the settings, opened, and named in the log.
 *
 * @module
 */
import { type ChosenDatabase, chosenDatabase, refuseNameless } from "../config/database.ts";
import type { RetryOptions } from "../servers/connecting/connect.ts";
import { describe } from "../servers/connecting/url/connection_settings.ts";
import type { Database } from "../servers/database.ts";
import { driverOf } from "../servers/drivers.ts";
import { FALLBACK_DATABASE } from "../servers/names.ts";
import type { Context } from "./context.ts";

/** What a run ends with where nothing sets its database: the first lines scroll away. */
const FALLBACK_NOTICE = "No database is configured: this run used an SQLite file in the " +
  "current directory, and no other database";

/**
 * The database of this run, of which only the dialect is needed; logs a warning if none is configured.
 *
 * @throws {OperatorError} When the URL is wrong, or one is missing that is required.
 */
export function findDialect(context: Context): ChosenDatabase {
  const { settings, log, lastWords } = context;
  const chosen = chosenDatabase(settings);
  if (chosen.origin === null) {
    log.warning(
      `No database is configured: using ${FALLBACK_DATABASE}, a file in the current directory; ` +
        "set [database] connection in a configuration file, OS_DATABASE__CONNECTION or --connection",
    );
    lastWords.add(FALLBACK_NOTICE);
  }
  log.debug(`Using ${describe(chosen.settings)}, from ${chosen.origin ?? "the default"}`);
  return chosen;
}

/**
 * The database of this run, to be opened; logs a warning if none is configured.
 *
 * @throws {OperatorError} When the URL is wrong or names no database, or one is missing that is required.
 */
export function findDatabase(context: Context): ChosenDatabase {
  const chosen = findDialect(context);
  refuseNameless(chosen);
  return chosen;
}

/** As many attempts as the settings allow. */
function retries({ settings, log }: Context): RetryOptions {
  const { maxRetries, retryInterval } = settings;
  return {
    maxRetries,
    retryIntervalSeconds: retryInterval,
    onRetry: ({ message }, retry) =>
      log.warning(
        `${message}; trying again in ${retryInterval} s (${retry}` +
          `${maxRetries < 0 ? "" : ` of ${maxRetries}`})`,
      ),
  };
}

/** Attempts for so many seconds; one line tells what is waited for. */
function patience({ log }: Context, timeoutSeconds: number): RetryOptions {
  return {
    ...{ maxRetries: -1, retryIntervalSeconds: 1, timeoutSeconds },
    onRetry: ({ message }, retry) => {
      if (retry === 1) log.info(`Waiting up to ${timeoutSeconds} s for the server: ${message}`);
    },
  };
}

/**
 * Opens a session on a database, with as many attempts as the settings allow, and logs them in
 * upstream's words.
 *
 * @throws {ConnectionError} When it cannot be opened.
 */
export async function connect(context: Context, chosen: ChosenDatabase): Promise<Database> {
  const [{ openWithRetries }, { sessionFor }] = await Promise.all([
    import("../servers/connecting/connect.ts"),
    import("./session.ts"),
  ]);
  const { signal } = context.interrupt;
  const database = await openWithRetries(chosen.settings, {
    ...context.wait === null ? retries(context) : patience(context, context.wait),
    signal,
  });
  context.seen.database = chosen;
  sayDialect(context, chosen);
  return await sessionFor(context, database);
}

/**
 * Logs the kind of database, as Alembic does first; `more` is what Alembic
 * logs in between.
 */
export function sayDialect(
  { log }: Context,
  { settings }: ChosenDatabase,
  more: readonly string[] = [],
): void {
  const { implementation, ddl } = driverOf(settings).alembic;
  const lines = [`Context impl ${implementation}.`, ...more, `Will assume ${ddl} DDL.`];
  for (const line of lines) log.alembic(line);
}

/** Whether the database is missing and opening it would create it. */
export async function isMissing({ settings }: ChosenDatabase): Promise<boolean> {
  return await driverOf(settings).isMissing(settings);
}

/**
 * The rows of a database's version table; empty if the table or the database file is missing.
 * Creates nothing.
 */
export async function versionsOf(
  context: Context,
  chosen: ChosenDatabase,
): Promise<readonly string[]> {
  if (await isMissing(chosen)) {
    sayDialect(context, chosen);
    return [];
  }
  const { currentVersions } = await import("../engine/situation.ts");
  await using database = await connect(context, chosen);
  return await currentVersions(database) ?? [];
}
