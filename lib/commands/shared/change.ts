/**
 * Shared by the commands that change a database.
 *
 * @module
 */
import { type ChosenDatabase, refuseTemporary } from "../../config/database.ts";
import { whyUnsupported } from "../../servers/supported.ts";
import type { Database } from "../../servers/database.ts";
import type { EngineEvent, OnEvent } from "../../engine/events.ts";
import type { WorkOptions } from "../../engine/work.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { eventLogger } from "../../cli/output/events.ts";
import { showProgress } from "../../cli/output/progress.ts";
import { reported } from "./run_report.ts";
import { type Context, loadGraph } from "../../cli/context.ts";
import { connect, findDatabase } from "../../cli/database.ts";

/** Changes a database. */
export type Work<T> = (
  database: Database,
  graph: RevisionGraph<Revision>,
  options: WorkOptions,
) => Promise<T>;

/** Options that differ between commands. */
export interface ChangeOptions {
  /** Finds the database, or refuses it before it is opened. */
  readonly find?: (context: Context) => ChosenDatabase | Promise<ChosenDatabase>;
  /** The file for a report of the run; by default none. */
  readonly report?: string | undefined;
}

/**
 * Opens the database of this run and changes it; logs the events.
 *
 * @throws {OperatorError} When it cannot be opened; also what the change throws.
 */
export async function changeDatabase<T>(
  context: Context,
  lockTimeoutSeconds: number | undefined,
  change: Work<T>,
  { find = findDatabase, report }: ChangeOptions = {},
): Promise<T> {
  const { host, log, quiet, settings, interrupt } = context;
  const graph = await loadGraph(context);
  const chosen = await find(context);
  refuseTemporary(chosen);
  // A package that is replaced while this runs takes the modules away that are not loaded yet.
  await Promise.all([import("../../cli/output/report.ts"), import("../../cli/hints.ts")]);
  const author = settings.record ? (await import("./author.ts")).thisAuthor() : undefined;
  const logEvent = eventLogger(log, { terminal: host.stderr.columns !== null });
  const act = async (onEvent: OnEvent) => {
    await using database = await connect(context, chosen);
    const { server } = database;
    const unsupported = whyUnsupported(server, await server.catalog.readVersion(database));
    if (unsupported !== null) {
      log.warning(`${unsupported}; try the upgrade on a copy of the database first`);
    }
    using progress = quiet ? null : showProgress(host, log);
    const options = {
      lockTimeoutSeconds,
      // The option has two meanings: the wait for another run, and the total for what others block.
      retrySeconds: lockTimeoutSeconds,
      onEvent: (event: EngineEvent) => {
        // What is shown makes room for lines of the log.
        progress?.onEvent(event);
        onEvent(event);
      },
      author,
      signal: interrupt.signal,
      beginChange: () => interrupt.beginChange(),
    };
    return await change(database, graph, options);
  };
  if (report === undefined) return await act(logEvent);
  return await reported(context, chosen, report, (record) =>
    act((event) => {
      record(event);
      logEvent(event);
    }));
}
