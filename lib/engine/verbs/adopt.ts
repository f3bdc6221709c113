/**
 * Adopting a database: one whose tables something else has made, such as a service at its start, or whose
 * version row is lost or wrong. The revision that it is nearest to is found, and made true.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import type { Database } from "../../servers/database.ts";
import { OperatorError } from "../../errors.ts";
import { planAdoption } from "../../plan/adoption.ts";
import { isMadeBy } from "../../plan/state/created_tables.ts";
import { fold, foldEach, historyOf } from "../../plan/fold.ts";
import { resolveOne } from "../../revisions/target/find.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { refuseUnknownRows } from "../../revisions/rows/version_rows.ts";
import { withoutIgnored } from "../../schema/ignored.ts";
import type { SchemaState } from "../../schema/schema.ts";
import { type Verb, work, type WorkOptions } from "../work.ts";
import { distance, type Drift, driftFrom } from "../drift/drift.ts";

/** How a database is adopted. */
export interface AdoptOptions extends WorkOptions {
  /** The revision to make it; the nearest one unless given. */
  readonly revision?: string | undefined;
  /** Whether a row may be replaced that is no known revision, such as one of a newer program. */
  readonly replaceUnknown?: boolean;
  /** Names to ignore, see `withoutIgnored`. */
  readonly ignore?: readonly string[];
}

/** What adopting a database comes to. */
export interface Adoption extends Drift {
  /** Rows of the version table before. */
  readonly from: readonly string[];
  /** The revision that it is, or is to be. */
  readonly revision: string;
  /** Whether anything was, or is to be, changed. */
  readonly isRight: boolean;
}

/** The revision with the fewest differences; of several the newest. */
function nearest(
  live: SchemaState,
  revisions: readonly Revision[],
  server: Server,
): string {
  const distances = foldEach(revisions, server.rules).map(({ schema }) => distance(live, schema));
  return revisions[distances.lastIndexOf(Math.min(...distances))]!.id;
}

function revisionFor(
  graph: RevisionGraph<Revision>,
  wanted: string | undefined,
  live: SchemaState,
  server: Server,
): string {
  if (!isMadeBy(graph, live.tables.keys())) {
    throw new OperatorError({
      failed: "Cannot adopt the database",
      because: "it has none of Mistral's tables",
      remedy: 'name another database, or make them with "upgrade head"',
    });
  }
  if (wanted === undefined) return nearest(live, historyOf(graph, graph.realHeads), server);
  const id = resolveOne(graph, wanted);
  if (id === null) {
    throw new OperatorError({
      failed: 'Cannot adopt the database as "base"',
      because: "it has tables",
    });
  }
  return id;
}

/** How a database differs from the revision that it is, or is to be. */
interface Found extends Drift {
  readonly revision: string;
}

/** The adoption of a database. */
export const adoption = (
  graph: RevisionGraph<Revision>,
  { revision: wanted, ignore = [], replaceUnknown = false, dryRun = false }: AdoptOptions,
): Verb<Found> => ({
  graph,
  needs: () => "schema",
  async ask(database, { schema }) {
    const { server } = database;
    const revision = revisionFor(graph, wanted, withoutIgnored(schema, ignore), server);
    const declared = fold(historyOf(graph, [revision]), server.rules);
    return { revision, ...await driftFrom(database, schema, declared, ignore) };
  },
  plan({ versions, answers: { revision, repairs } }, server, options) {
    if (!replaceUnknown && !dryRun) refuseUnknownRows(graph, versions ?? []);
    return planAdoption(graph, revision, versions, repairs, server, options);
  },
});

/**
 * Finds the revision that a database is closest to, repairs the schema and writes the revision down; with
 * `dryRun` only tells what would be done. What a site has added stays, and so does every row.
 *
 * @throws {RefusedError} When the revision is not known, or what the version table holds.
 * @throws {OperatorError} When the database has none of Mistral's tables, another run does not end in
 * time, or the server refuses a statement.
 */
export async function adopt(
  database: Database,
  graph: RevisionGraph<Revision>,
  options: AdoptOptions = {},
): Promise<Adoption> {
  const { plan, answers } = await work(database, adoption(graph, options), options);
  return { ...answers, from: plan.from, isRight: plan.migrations.length === 0 };
}
