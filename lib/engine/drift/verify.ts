/**
 * Comparing a database with the schema that the revisions it is at make: what is missing, different or
 * extra, and the steps that repair it.
 *
 * @module
 */
import type { Database } from "../../servers/database.ts";
import { OperatorError } from "../../errors.ts";
import { fold, historyOf } from "../../plan/fold.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import type { SchemaState } from "../../schema/schema.ts";
import type { PlannedMigration } from "../../plan/plan.ts";
import { unfinishedMigration } from "../../plan/state/unfinished.ts";
import { type Drift, driftFrom } from "./drift.ts";
import { laterThan } from "./later.ts";
import { readSituation } from "../situation.ts";

/** How a database compares with the revisions that it is at. */
export interface Verification extends Drift {
  /** The revisions that the database is at. */
  readonly revisions: readonly string[];
  /** The migration that an earlier run has begun and not ended. */
  readonly unfinished: PlannedMigration | undefined;
}

/** The refusal of a database of which nobody knows what it should be. */
export const withoutRevision = (): OperatorError =>
  new OperatorError({
    failed: "Cannot verify the database",
    because: "no row in alembic_version tells which revision it is at",
  });

/**
 * Compares a database with the schema that its revisions make. Changes nothing.
 *
 * @param ignore Names to ignore, see `withoutIgnored`.
 * @throws {OperatorError} When the database has no version row.
 * @throws {RefusedError} When it is at a revision that is not known.
 */
export async function verify(
  database: Database,
  graph: RevisionGraph<Revision>,
  ignore: readonly string[] = [],
): Promise<Verification> {
  const server = database.server;
  const situation = await readSituation(database);
  const { versions } = situation;
  if (versions === null || versions.length === 0) throw withoutRevision();
  const drift = await verifyAs(database, graph, {
    revisions: versions,
    schema: situation.schema,
    ignore,
  });
  const unfinished = unfinishedMigration(graph, situation, server);
  // The way back from half of a migration is none that anybody has tested.
  const repairs = unfinished ? [] : drift.repairs;
  return { revisions: versions, ...drift, repairs, unfinished };
}

/** The revisions that a database should match, and its own schema. */
export interface Expectation {
  /** Revisions whose schema is expected, regardless of the version row. */
  readonly revisions: readonly string[];
  /** The schema that it has. */
  readonly schema: SchemaState;
  /** Names to ignore, see `withoutIgnored`. */
  readonly ignore?: readonly string[];
}

/** Compares a database with the schema that these revisions make. Changes nothing. */
export async function verifyAs(
  database: Database,
  graph: RevisionGraph<Revision>,
  { revisions, schema, ignore = [] }: Expectation,
): Promise<Drift> {
  const { server } = database;
  const wanted = fold(historyOf(graph, revisions), server.rules);
  return await driftFrom(database, schema, wanted, ignore, laterThan(graph, revisions, server));
}
