/**
 * What a run would do to a database, without doing it.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import type { Database } from "../../servers/database.ts";
import { planOfflineUpgrade } from "../../plan/offline.ts";
import type { Plan, PlanOptions } from "../../plan/plan.ts";
import { planUpgrade } from "../../plan/upgrade.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { upgradeMoves } from "../../revisions/rows/moves.ts";
import { explain, type Explanation } from "./explain.ts";
import { readSituation } from "../situation.ts";
import { inTransaction } from "../transaction.ts";

/** A plan, and what is to be said of it. */
export interface Preview {
  /** What would be done. */
  readonly plan: Plan;
  /** What that means for others. */
  readonly explanation: Explanation;
}

/**
 * Plans an upgrade of the database as it is, and explains it. Reads only, in a transaction that the
 * server keeps from writing; takes no lock, so that another run may be at work meanwhile.
 *
 * @throws {RefusedError} When the target cannot be resolved or reached.
 * @throws {OperatorError} When the upgrade itself would be refused.
 */
export async function previewUpgrade(
  database: Database,
  graph: RevisionGraph<Revision>,
  target: string,
  options: PlanOptions = {},
): Promise<Preview> {
  const server = database.server;
  return await inTransaction(database, server.spelling.transactions.readOnly, async () => {
    const needsSchema = (versions: readonly string[]) =>
      upgradeMoves(graph, versions, target).length > 0;
    const situation = await readSituation(database, needsSchema);
    const plan = planUpgrade(graph, target, situation, server, options);
    return { plan, explanation: explain(plan, server, await server.catalog.readFacts(database)) };
  });
}

/**
 * Plans the upgrade `END` from an empty database, or `START:END`, and explains it without a server:
 * the sizes of tables are not known then.
 *
 * @throws {RefusedError} When the range cannot be resolved, or runs backwards.
 */
export function previewOffline(
  graph: RevisionGraph<Revision>,
  range: string,
  server: Server,
  options: PlanOptions = {},
): Preview {
  const plan = planOfflineUpgrade(graph, range, server, options);
  const facts = { version: server.catalog.assumedVersion, tables: new Map(), cluster: false };
  return { plan, explanation: explain(plan, server, facts) };
}
