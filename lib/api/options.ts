/**
 * What the library can be told, and what a run came to.
 *
 * @module
 */
import type { OnEvent, RunEvent } from "../engine/events.ts";
import type { RunSettings } from "../engine/options.ts";
import type { WorkOptions } from "../engine/work.ts";
import type { PlanOptions } from "../plan/plan.ts";
import type { Revision } from "../revisions/graph/migration.ts";

/** How a database is opened, and what is to be known of it. */
export interface OpenOptions {
  /** Gives up opening when it aborts; a database that is open is not affected. */
  readonly signal?: AbortSignal | undefined;
  /** The whole history; the embedded {@linkcode migrations} unless given. */
  readonly revisions?: readonly Revision[];
  /** A site's own tables, columns and indexes that are not reported, such as `table.column`. */
  readonly ignore?: readonly string[];
}

/** How a database is changed. */
export interface RunOptions extends RunSettings {
  /** Runs every revision, even where the schema of an empty database could be created directly. */
  readonly stepByStep?: boolean;
  /** One transaction for the whole run instead of one a migration, where the server can. */
  readonly singleTransaction?: boolean;
  /** Told of everything that happens; must not throw. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Stops the run between two statements; what is committed stays, the rest is rolled back. */
  readonly signal?: AbortSignal | undefined;
  /** Only plans the run: takes no lock and changes nothing. */
  readonly dryRun?: boolean;
  /**
   * Given where the run is to be in the database's journal: a new UUID, who runs it, such as
   * `root@controller-1`, and the program.
   */
  readonly author?: { readonly runId: string; readonly user: string; readonly program: string };
}

/** What a run did with revisions. */
export interface RunResult {
  /** The revisions that the database was at. */
  readonly from: readonly string[];
  /** The revisions that the database is at. */
  readonly to: readonly string[];
  /** Those that were applied or reverted, in that order; none where one was only written down. */
  readonly revisions: readonly string[];
}

/** How a run is planned. */
export type PlanningOptions = Pick<RunOptions, "stepByStep" | "singleTransaction">;

/** The options of a planner: a new database is created directly, as by the program. */
export const planOptions = (
  { stepByStep = false, singleTransaction = false }: PlanningOptions,
): PlanOptions => ({ direct: !stepByStep, singleTransaction });

/** Passes on events without the plan; its warnings become events. */
const withoutPlan = (onEvent: (event: RunEvent) => void): OnEvent => (event) => {
  if (event.kind !== "planned") return onEvent(event);
  const { warnings, to } = event.plan;
  for (const message of warnings) onEvent({ kind: "warning", revision: to.join(", "), message });
};

/** The options of the engine. */
export const workOptions = (
  { onEvent = () => {}, signal, ...options }: RunOptions,
): WorkOptions => ({
  ...options,
  ...planOptions(options),
  ...(signal && { signal }),
  onEvent: withoutPlan(onEvent),
});
