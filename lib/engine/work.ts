/**
 * The only way to change a database: see where it stands, plan, and do what the plan says, while no
 * other run works on it.
 *
 * @module
 */
import { ConnectionError, OperatorError } from "../errors.ts";
import type { Plan, PlanOptions, Situation } from "../plan/plan.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { Database } from "../servers/database.ts";
import type { Server } from "../servers/server.ts";
import { tableNames } from "../servers/reading/table_names.ts";
import { underLock } from "./disturbance/lock.ts";
import { placeOf, withOutcome } from "./disturbance/outcome.ts";
import type { EngineOptions } from "./options.ts";
import { run } from "./run.ts";
import { readSituation } from "./situation.ts";

/**
 * What tells whether there is anything to do: the rows of the version table; the schema, too; or these
 * rows alone, and then there is, but the schema decides what.
 */
export type Needs = "versions" | "schema" | "work on the schema";

/** Where a database stands, and what else a verb has asked it. */
export interface Known<Answers> extends Situation {
  /** What the database answered. */
  readonly answers: Answers;
}

/** Something that changes a database: upgrade, downgrade, stamp, adopt, populate. */
export interface Verb<Answers = undefined> {
  /** The history whose tables are meant. */
  readonly graph: RevisionGraph<Revision>;
  /** What has to be known of a database at these revisions. */
  needs(versions: readonly string[]): Needs;
  /** Asks what the plan depends on, besides the situation. Changes nothing. */
  ask(database: Database, situation: Situation): Promise<Answers>;
  /** Plans it. Asks no server. */
  plan(known: Known<Answers>, server: Server, options: PlanOptions): Plan;
}

/** How it is done. */
export interface WorkOptions extends EngineOptions, PlanOptions {
  /** Only plans it: takes no lock and changes nothing. */
  readonly dryRun?: boolean;
}

/** What was done, or would be, and what the plan was made of. */
export interface Outcome<Answers = undefined> {
  readonly plan: Plan;
  readonly answers: Answers;
}

/** Asks nothing: the situation tells all. */
export const nothingToAsk = (): Promise<undefined> => Promise.resolve(undefined);

async function planned<Answers>(
  database: Database,
  verb: Verb<Answers>,
  situation: Situation,
  options: WorkOptions,
): Promise<Outcome<Answers>> {
  const answers = await verb.ask(database, situation);
  const plan = verb.plan({ ...situation, answers }, database.server, options);
  return { plan, answers };
}

/** Looks at the database as it is now, and plans. */
async function look<Answers>(
  database: Database,
  verb: Verb<Answers>,
  options: WorkOptions,
): Promise<Outcome<Answers> & { readonly situation: Situation }> {
  const situation = await readSituation(
    database,
    (versions) => verb.needs(versions) !== "versions",
  );
  return { ...await planned(database, verb, situation, options), situation };
}

const isEmpty = ({ migrations, preparation }: Plan): boolean =>
  migrations.length + preparation.length === 0;

/** A refusal counts when no other run is at work any more, and may have removed its cause. */
function orLater(error: unknown): null {
  if (error instanceof OperatorError && !(error instanceof ConnectionError)) return null;
  throw error;
}

/**
 * The outcome where there is nothing to do; null where there may be something. Such a run needs no lock,
 * and no server that takes changes. What a killed run has left is removed by the lock.
 */
async function idle<Answers>(
  database: Database,
  verb: Verb<Answers>,
  options: WorkOptions,
): Promise<Outcome<Answers> | null> {
  const situation = await readSituation(database, (versions) => verb.needs(versions) === "schema");
  const { versions } = situation;
  if (versions === null || verb.needs(versions) === "work on the schema") return null;
  const outcome = await planned(database, verb, situation, options).catch(orLater);
  if (outcome === null || !isEmpty(outcome.plan)) return null;
  const { leftovers } = database.server.locks;
  if (leftovers.length === 0) return outcome;
  const tables = await tableNames(database);
  return leftovers.some((name) => tables.includes(name)) ? null : outcome;
}

/**
 * Does something to a database, or with `dryRun` tells what would be done. Another run on the same
 * database is waited for; what it has done is not done again.
 *
 * @throws {OperatorError} When another run does not end in time, the server takes no changes or refuses
 * one, and what the verb throws.
 */
export async function work<Answers>(
  database: Database,
  verb: Verb<Answers>,
  options: WorkOptions = {},
): Promise<Outcome<Answers>> {
  const { onEvent = () => {}, dryRun = false } = options;
  const done = dryRun ? await look(database, verb, options) : await idle(database, verb, options);
  if (done !== null) {
    onEvent({ kind: "planned", plan: done.plan });
    return done;
  }
  const place = await placeOf(database);
  const working = underLock(database, verb.graph, options, async (lock) => {
    const { situation, plan, answers } = await look(database, verb, options);
    onEvent({ kind: "planned", plan });
    // Where there is no table yet, nothing takes long.
    const facts = situation.schema.tables.size > 0
      ? await database.server.catalog.readFacts(database)
      : undefined;
    await run(plan, database, { ...options, facts, lock });
    return { plan, answers };
  });
  return await working.catch(async (error) => {
    throw await withOutcome(error, database, options.signal, place);
  });
}
