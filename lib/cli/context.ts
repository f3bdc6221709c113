/**
 * What a command works with.
 *
 * @module
 */
import type { Settings } from "../config/settings.ts";
import type { ChosenDatabase } from "../config/database.ts";
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
