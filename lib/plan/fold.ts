/**
 * What the schema is at a revision, found without a database.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import type { Step } from "../servers/step.ts";
import type { Operation } from "../operations/operation.ts";
import { resolveAll } from "../operations/resolve.ts";
import type { ServerRules } from "../operations/server_rules.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { upgradeMoves } from "../revisions/rows/moves.ts";
import { schemaAfter } from "../schema/apply.ts";
import { emptySchema, type SchemaState } from "../schema/schema.ts";
import type { Situation } from "./plan.ts";

/** A revision, and the schema at it. */
export interface Folded {
  readonly revision: Revision;
  readonly schema: SchemaState;
}

/** The schema at each of the revisions, which run in this order on an empty database. */
export function foldEach(revisions: readonly Revision[], rules: ServerRules): readonly Folded[] {
  let schema = emptySchema;
  return revisions.map((revision) => {
    schema = schemaAfter(schema, resolveAll(revision.upgrade, schema, rules));
    return { revision, schema };
  });
}

/** The schema that the revisions, in this order, make of an empty database. */
export function fold(revisions: readonly Revision[], rules: ServerRules): SchemaState {
  return foldEach(revisions, rules).at(-1)?.schema ?? emptySchema;
}

/** The revisions that lead to these rows of the version table, in an order they can run in. */
export function historyOf(
  graph: RevisionGraph<Revision>,
  heads: readonly string[],
): readonly Revision[] {
  const history: Revision[] = [];
  let reached: readonly string[] = [];
  for (const head of heads) {
    const moves = upgradeMoves(graph, reached, head);
    history.push(...moves.map(({ revision }) => revision));
    reached = moves.at(-1)?.headsAfter ?? reached;
  }
  return history;
}

/** The steps that operations come to on the schema `before`. */
export function stepsOf(
  operations: readonly Operation[],
  before: SchemaState,
  server: Server,
): readonly Step[] {
  return server.spelling.compile(resolveAll(operations, before, server.rules));
}

/** Where a database stands that is at these revisions, without asking one. */
export function foldedSituation(
  graph: RevisionGraph<Revision>,
  versions: readonly string[],
  server: Server,
): Situation {
  return {
    versions: versions.length > 0 ? versions : null,
    schema: fold(historyOf(graph, versions), server.rules),
    checksums: new Map(),
  };
}

/** The ids of all revisions that lead to these rows of the version table. */
export function appliedAt(
  graph: RevisionGraph<Revision>,
  revisions: readonly string[],
): ReadonlySet<string> {
  return new Set(historyOf(graph, revisions).map(({ id }) => id));
}
