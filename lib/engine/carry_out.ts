/**
 * One run at a time on a database: lock it, ask where it stands, plan, do.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { dialects } from "../dialects/mod.ts";
import type { Connection } from "../drivers/connection.ts";
import type { Plan, Situation } from "../plan/plan.ts";
import { underLock } from "./lock.ts";
import type { EngineOptions, RunSettings } from "./options.ts";
import { run } from "./run.ts";
import { readSituation } from "./situation.ts";

/** How a run is planned. */
export interface Planning {
  /** Whether there is anything to do that depends on the schema. */
  readonly needsSchema: (versions: readonly string[]) => boolean;
  /** Plans it. */
  readonly plan: (situation: Situation, dialect: Dialect) => Plan;
}

/**
 * Plans a run on the database as it is, and does it; gives the plan.
 *
 * @throws {OperatorError} When another run does not end in time, and what planning and running throw.
 */
export async function carryOut(
  connection: Connection,
  options: EngineOptions & RunSettings,
  { needsSchema, plan: make }: Planning,
): Promise<Plan> {
  const dialect = dialects[connection.dialect];
  return await underLock(connection, options, async () => {
    const situation = await readSituation(connection, dialect, needsSchema);
    const plan = make(situation, dialect);
    options.onEvent?.({ kind: "planned", plan });
    // Where there is no table yet, nothing takes long.
    const facts = situation.schema.tables.size > 0
      ? await dialect.readFacts(connection)
      : undefined;
    await run(plan, connection, { ...options, facts });
    return plan;
  });
}
