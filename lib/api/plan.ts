/**
 * Plans as values: what a run will do, what that means for others, and its script.
 *
 * @module
 */
import type { Explanation } from "../engine/explanation/explain.ts";
import { type Preview, previewOffline } from "../engine/explanation/preview.ts";
import { script } from "../engine/script.ts";
import { revisionsOf } from "../plan/plan.ts";
import { loadServer } from "../servers/drivers.ts";
import type { Server } from "../servers/server.ts";
import { historyGraph } from "./history.ts";
import { type OpenOptions, planOptions, type RunOptions, type RunResult } from "./options.ts";

/** What an upgrade will do, known before it does anything. */
export interface Plan extends RunResult {
  /** What each statement locks, how long that may last, and what it all comes to. */
  readonly explanation: Explanation;
  /**
   * The same as a script for the server's own client, which without a `guard` is not stopped on a
   * database that is elsewhere, and with `progress` says which migration it begins. Asks no server.
   */
  script(
    options?: {
      readonly generator?: string;
      readonly guard?: boolean;
      readonly progress?: boolean;
    },
  ): string;
}

/** The plan of a preview, for the server that it is of. */
export const planOf = ({ plan, explanation }: Preview, server: Server): Plan => ({
  from: plan.from,
  to: plan.to,
  revisions: revisionsOf(plan),
  explanation,
  script: ({ generator = "mistral-db-manage", ...options } = {}) =>
    script(plan, server, { generator, ...options }).join(""),
});

/**
 * Plans an upgrade without a database: of an empty one to `END`, or from `START` with `START:END`.
 *
 * @param server `postgresql`, `mysql` or `sqlite`.
 * @throws {RefusedError} When the range cannot be resolved, or runs backwards.
 * @throws {OperatorError} When no server has that name.
 */
export async function planOffline(
  server: string,
  range: string,
  options: Pick<RunOptions, "stepByStep" | "singleTransaction"> & Pick<OpenOptions, "revisions"> =
    {},
): Promise<Plan> {
  const loaded = await loadServer(server);
  const graph = historyGraph(options.revisions);
  return planOf(previewOffline(graph, range, loaded, planOptions(options)), loaded);
}
