/**
 * The revisions that a database is at.
 *
 * @module
 */

import type { RevisionGraph } from "../graph/graph.ts";
import { reachable, towards } from "../graph/reachable.ts";
import { member, positions } from "../target/resolve.ts";
import type { Member, RevisionNode } from "../graph/revision.ts";

/**
 * The newest revisions of all branches that have been applied to a database, given the rows of its
 * version table: those revisions, and the ones that they depend on on other branches; in load order.
 *
 * @throws {RevisionError} if a row is no revision.
 */
export function currentMembers<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  rows: readonly string[],
): readonly Member<N>[] {
  const tops = positions(graph, rows).map((position, index) => member(position, rows[index] ?? ""));
  const left = reachable<Member>(graph.names, tops, towards.down);
  for (const candidate of left) {
    if (surpassed(graph, candidate, left)) left.delete(candidate);
  }
  return [...graph.members.values()].filter((candidate) => left.has(candidate));
}

/** Whether a later revision has been applied too. */
function surpassed(graph: RevisionGraph, candidate: Member, applied: ReadonlySet<Member>): boolean {
  const after = reachable(graph.names, [candidate], towards.children);
  return [...after].some((later) => later !== candidate && applied.has(later));
}
