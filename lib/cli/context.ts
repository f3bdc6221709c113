/**
 * What a command works with.
 *
 * @module
 */
import type { Settings } from "../config/settings.ts";
import type { ChosenDatabase } from "../config/database.ts";
import { driverOf, FALLBACK_DATABASE } from "../servers/drivers.ts";
import type { RetryOptions } from "../servers/connecting/connect.ts";
import type { Database } from "../servers/database.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { Host } from "./output/host.ts";
import type { Interrupt } from "./interrupt.ts";
import type { Log } from "./output/log.ts";

/** What a run has come to know, for the explanation of a failure. */
export interface Seen {
  /** The revisions that it works with. */
  graph: RevisionGraph<Revision> | null;
  /** The database that it has opened. */
  database: ChosenDatabase | null;
}

/** The surroundings of a command. Everything heavy is loaded by the command that asks for it. */
export interface Context {
  /** The streams and variables of the process. */
  readonly host: Host;
  /** Where log lines go. */
  readonly log: Log;
  /** The settings of this run. */
  readonly settings: Settings;
  /** Whether standard error is for warnings and errors alone. */
  readonly quiet: boolean;
  /** For how many seconds to wait for a server that is down; null: as the settings say. */
  readonly wait: number | null;
  /** How the operator interrupts the program. */
  readonly interrupt: Interrupt;
  /** Warnings that the run ends with. */
  readonly lastWords: Set<string>;
  /** Filled in on the way. */
  readonly seen: Seen;
}

/** The revisions of this program; the names of releases stand for revisions. */
export async function loadEmbeddedGraph(): Promise<RevisionGraph<Revision>> {
  return await graphOf([]);
}

/**
 * The revisions of this program, and those in the directories that the settings name.
 *
 * @throws {OperatorError} When a directory or a file in it cannot be read, is no migration, or can be
 * changed by somebody else.
 */
export async function loadGraph(context: Context): Promise<RevisionGraph<Revision>> {
  return context.seen.graph = await readGraph(context);
}

async function readGraph(
  { settings, log, interrupt }: Context,
): Promise<RevisionGraph<Revision>> {
  const { versionsPath } = settings;
  if (versionsPath.length === 0) return await loadEmbeddedGraph();
  const [{ migrations }, { readSiteRevisions }, { judgeOfMigrations }] = await Promise.all([
    import("../../migrations/mod.ts"),
    import("../site/read.ts"),
    import("./strangers.ts"),
  ]);
  const judge = judgeOfMigrations(settings, log);
  // What a site has written is evaluated, and may never end.
  const own = await interrupt.whileBlocked(() =>
    readSiteRevisions(versionsPath, migrations.map(({ id }) => id), judge)
  );
  for (const { id, origin } of own) {
    log.debug(`Revision ${id} is in ${origin!.path}`);
  }
  return await graphOf(own);
}

async function graphOf(own: readonly Revision[]): Promise<RevisionGraph<Revision>> {
  const [{ migrations }, { revisionGraph }, { RELEASE_ALIASES }] = await Promise.all([
    import("../../migrations/mod.ts"),
    import("../revisions/graph/graph.ts"),
    import("../revisions/target/releases.ts"),
  ]);
  return revisionGraph([...migrations, ...own], { aliases: RELEASE_ALIASES });
}

/** What a run ends with where nothing sets its database: the first lines scroll away. */
const FALLBACK_NOTICE = "No database is configured: this run used an SQLite file in the " +
  "current directory, and no other database";

/**
 * The database of this run, of which only the dialect is needed; logs a warning if none is configured.
 *
 * @throws {OperatorError} When the URL is wrong, or one is missing that is required.
 */
export async function findDialect(context: Context): Promise<ChosenDatabase> {
  const { settings, log, lastWords } = context;
  const { chosenDatabase } = await import("../config/database.ts");
  const { describe } = await import("../servers/connecting/url/connection_settings.ts");
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
export async function findDatabase(context: Context): Promise<ChosenDatabase> {
  const chosen = await findDialect(context);
  const { refuseNameless } = await import("../config/database.ts");
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
