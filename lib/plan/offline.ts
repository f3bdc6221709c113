/**
 * Planning without a database: the situation is folded from the history.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import { RefusedError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { offlineUpgrade } from "../revisions/rows/moves.ts";
import { foldedSituation } from "./fold.ts";
import type { Plan, PlanOptions } from "./plan.ts";
import { planStamp } from "./stamp.ts";
import { planUpgrade } from "./upgrade.ts";

/** A range that runs backwards resolves to no migration at all, as an empty one does. */
function refuseBackward(
  graph: RevisionGraph<Revision>,
  end: string,
  { from, migrations }: Plan,
  server: Server,
): void {
  if (migrations.length > 0) return;
  const { to } = planUpgrade(graph, end, foldedSituation(graph, [], server), server);
  if (to.join() === from.join()) return;
  throw new RefusedError({
    failed: `Cannot upgrade from ${from.join(", ")} to ${end}`,
    because: "the range runs backwards",
    remedy: "name the older revision first",
  });
}

/**
 * Plans the upgrade `END` from an empty database, or `START:END`.
 *
 * @throws {RefusedError} When the range cannot be resolved, or runs backwards.
 */
export function planOfflineUpgrade(
  graph: RevisionGraph<Revision>,
  range: string,
  server: Server,
  options: PlanOptions = {},
): Plan {
  const { start } = offlineUpgrade(graph, range);
  const end = range.slice(range.indexOf(":") + 1);
  const plan = planUpgrade(graph, end, foldedSituation(graph, start, server), server, options);
  refuseBackward(graph, end, plan, server);
  return plan;
}

/**
 * Plans the stamp `REVISION` of an unstamped database, or `START:REVISION`.
 *
 * @throws {RefusedError} When a revision cannot be resolved.
 */
export function planOfflineStamp(
  graph: RevisionGraph<Revision>,
  range: string,
  server: Server,
): Plan {
  const [begin, end] = range.includes(":") ? range.split(":", 2) : ["base", range];
  const { start } = offlineUpgrade(graph, `${begin}:${begin}`);
  return planStamp(graph, end!, foldedSituation(graph, start, server), server);
}
