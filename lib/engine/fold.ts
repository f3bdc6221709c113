/**
 * What the schema is at a revision, found without a database.
 *
 * @module
 */
import type { Dialect, Step } from "../dialects/dialect.ts";
import { resolveAll } from "../operations/resolve.ts";
import type { ServerRules } from "../operations/server_rules.ts";
import type { Revision } from "../revisions/migration.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import { upgradeSteps } from "../revisions/steps.ts";
import { applyAll } from "../schema/apply.ts";
import { emptySchema, type SchemaState } from "../schema/schema.ts";

/** The schema that the revisions, in this order, make of an empty database. */
export function fold(revisions: readonly Revision[], rules: ServerRules): SchemaState {
  return revisions.reduce(
    (state, { upgrade }) => applyAll(state, resolveAll(upgrade, state, rules)),
    emptySchema,
  );
}

/** The revisions that lead to these rows of the version table, in an order they can run in. */
export function historyOf(
  graph: RevisionGraph<Revision>,
  heads: readonly string[],
): readonly Revision[] {
  const history: Revision[] = [];
  let reached: readonly string[] = [];
  for (const head of heads) {
    const steps = upgradeSteps(graph, reached, head);
    history.push(...steps.map(({ revision }) => revision));
    reached = steps.at(-1)?.headsAfter ?? reached;
  }
  return history;
}

/** The steps of one migration on the schema `before`. */
export function stepsOf(
  revision: Revision,
  before: SchemaState,
  dialect: Dialect,
): readonly Step[] {
  return dialect.compile(resolveAll(revision.upgrade, before, dialect), before);
}
