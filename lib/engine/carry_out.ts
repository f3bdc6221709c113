/**
 * One run at a time on a database: lock it, ask where it stands, plan, do.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { dialects } from "../dialects/mod.ts";
import type { Connection } from "../drivers/connection.ts";
import { OperatorError } from "../errors.ts";
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
 * Makes sure that the server takes changes.
 *
 * @throws {OperatorError} When it is a standby, or read-only.
 */
async function refuseReadOnly(connection: Connection, { whyReadOnly }: Dialect): Promise<void> {
  const [row] = await connection.query(whyReadOnly);
  if (row!.reason === null) return;
  throw new OperatorError(
    `Cannot change the database: ${row!.reason}; name the server that takes changes`,
  );
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
    await refuseReadOnly(connection, dialect);
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
