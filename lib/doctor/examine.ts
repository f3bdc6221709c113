/**
 * Examining a database: every check that has a meaning for it, one after another.
 *
 * @module
 */
import type { Database } from "../servers/database.ts";
import { explain } from "../engine/explanation/explain.ts";
import { makeReady } from "../engine/disturbance/ready.ts";
import { readSituation } from "../engine/situation.ts";
import { inTransaction } from "../engine/transaction.ts";
import { ConnectionError, DatabaseError, OperatorError } from "../errors.ts";
import { appliedAt } from "../plan/fold.ts";
import type { Situation } from "../plan/plan.ts";
import { unfinishedMigration } from "../plan/state/unfinished.ts";
import { planUpgrade } from "../plan/upgrade.ts";
import { failure, type Finding, type Status, warning } from "../servers/finding.ts";
import { knownTables } from "../plan/state/created_tables.ts";
import type { Check, CheckContext, Forecast } from "./check.ts";
import { checksOf } from "./checks/mod.ts";
import { connection as connectionCheck } from "./checks/server/connection.ts";

/** A check, and what it found. */
export interface Examined extends Finding {
  readonly check: Check;
}

/** What is examined. */
export interface Examination
  extends Pick<CheckContext, "settings" | "graph" | "ignore" | "expiration"> {
  /** Opens a session. */
  readonly open: () => Promise<Database>;
}

const STATUSES: readonly Status[] = ["success", "warning", "failure"];

/** The worst of all findings. */
export const worstOf = (findings: readonly Finding[]): Status =>
  STATUSES[Math.max(0, ...findings.map(({ status }) => STATUSES.indexOf(status)))]!;

function forecastOf(
  graph: CheckContext["graph"],
  situation: Situation,
  { server, facts }: Pick<CheckContext, "server" | "facts">,
): Forecast {
  try {
    const plan = planUpgrade(graph, "head", situation, server, { direct: true });
    return { plan, explanation: explain(plan, server, facts) };
  } catch (error) {
    if (error instanceof OperatorError) return { refusal: error };
    throw error;
  }
}

/** Reads in a read-only transaction; an error rolls it back. */
async function reading<T>(database: Database, read: () => Promise<T>): Promise<T> {
  return await inTransaction(database, database.server.spelling.transactions.readOnly, read);
}

async function contextOf(
  database: Database,
  { settings, graph, ignore, expiration }: Examination,
): Promise<CheckContext> {
  const server = database.server;
  const health = await server.health();
  // Asked before anything is set.
  const isolation = await health.isolation(database);
  // Asked outside of a transaction that is read-only itself.
  const obstacle = await makeReady(database);
  return await reading(database, async () => {
    const situation = await readSituation(database);
    const facts = await server.catalog.readFacts(database);
    const forecast = forecastOf(graph, situation, { server, facts });
    const { versions, schema } = situation;
    const isKnown = versions?.every((id) => graph.members.has(id)) ?? true;
    const applied = isKnown ? appliedAt(graph, versions ?? []) : null;
    return {
      ...{ database, settings, server, health, graph, obstacle, isolation, ignore, expiration },
      ...{ versions, applied, schema, facts, forecast, known: knownTables(graph) },
      unfinished: unfinishedMigration(graph, situation, server),
    };
  });
}

async function examineOne(check: Check, context: CheckContext): Promise<readonly Examined[]> {
  try {
    const finding = await reading(context.database, async () => await check.examine(context));
    return finding === null ? [] : [{ check, ...finding }];
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const remedy = "Give the user the right to ask this, or ask as another one";
    return [{ check, ...warning(`It could not be found out: ${error.message}`, remedy) }];
  }
}

/**
 * Examines a database with all checks. Only reads. A database that cannot be reached, or whose catalogs
 * cannot be read, is a finding too.
 */
export async function examine(examination: Examination): Promise<readonly Examined[]> {
  try {
    await using database = await examination.open();
    const context = await contextOf(database, examination);
    const examined: Examined[] = [];
    for (const check of checksOf(context.health)) {
      examined.push(...await examineOne(check, context));
    }
    return examined;
  } catch (error) {
    if (!(error instanceof ConnectionError || error instanceof DatabaseError)) throw error;
    const remedy = "Correct [database] connection, or the server; no other check was made";
    return [{ check: connectionCheck, ...failure(error.message, remedy) }];
  }
}
