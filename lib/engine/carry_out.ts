/**
 * One run at a time on a database: lock it, ask where it stands, plan, do.
 *
 * @module
 */
import { LEASE_TABLE } from "../servers/own_tables.ts";
import type { Server } from "../servers/server.ts";
import { tableNames } from "../servers/tables.ts";
import type { Database } from "../servers/database.ts";
import type { Plan, Situation } from "../plan/plan.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { underLock } from "./disturbance/lock.ts";
import type { EngineOptions, RunSettings } from "./options.ts";
import { placeOf, withOutcome } from "./disturbance/outcome.ts";
import { run } from "./run.ts";
import { readSituation } from "./situation.ts";

/** How a run is planned. */
export interface Planning {
  readonly graph: RevisionGraph<Revision>;
  /** Whether there is anything to do that depends on the schema. */
  readonly needsSchema: (versions: readonly string[]) => boolean;
  /** Plans it. */
  readonly plan: (situation: Situation, server: Server) => Plan;
}

/**
 * The plan of a run that has nothing to do; null where there may be something. Such a run needs no
 * lock, and no server that takes changes. Where a killed run has left its lease, the lock removes it.
 */
async function planIdle(
  database: Database,
  server: Server,
  { needsSchema, plan: make }: Planning,
): Promise<Plan | null> {
  const situation = await readSituation(database, server, () => false);
  if (situation.versions === null || needsSchema(situation.versions)) return null;
  const plan = make(situation, server);
  if (plan.migrations.length > 0 || plan.preparation.length > 0) return null;
  return (await tableNames(database)).includes(LEASE_TABLE) ? null : plan;
}

/**
 * Plans a run on the database as it is, and does it; gives the plan.
 *
 * @throws {OperatorError} When another run does not end in time, and what planning and running throw.
 */
export async function carryOut(
  database: Database,
  options: EngineOptions & RunSettings,
  planning: Planning,
): Promise<Plan> {
  const server = database.server;
  const idle = await planIdle(database, server, planning);
  if (idle !== null) {
    options.onEvent?.({ kind: "planned", plan: idle });
    return idle;
  }
  const place = options.openAnother ? await placeOf(database) : null;
  const working = underLock(database, planning.graph, options, async (lock) => {
    const situation = await readSituation(database, server, planning.needsSchema);
    const plan = planning.plan(situation, server);
    options.onEvent?.({ kind: "planned", plan });
    // Where there is no table yet, nothing takes long.
    const facts = situation.schema.tables.size > 0
      ? await server.catalog.readFacts(database)
      : undefined;
    await run(plan, database, { ...options, facts, lock });
    return plan;
  });
  return await working.catch(async (error) => {
    throw await withOutcome(error, options, place);
  });
}
