/**
 * A revision as it is written, and as it is linked into a graph.
 *
 * @module
 */
import type { Revision } from "./migration.ts";

/** The part of a migration that gives its place in the history. */
export type RevisionNode = Pick<Revision, "id" | "down" | "message" | "labels" | "dependsOn">;

/** A revision as a member of its graph. */
export interface Member<N extends RevisionNode = RevisionNode> {
  /** What the graph was given. */
  readonly node: N;
  /** The revision's identifier. */
  readonly id: string;
  /** Ids of the revisions that it comes after, as written. */
  readonly parents: readonly string[];
  /** Ids of all revisions that it depends on. */
  readonly dependencies: readonly string[];
  /** Parents, then those dependencies that no ancestor has already. */
  readonly down: readonly string[];
  /** Ids of the revisions that come after it. */
  readonly children: ReadonlySet<string>;
  /** Children and the revisions that depend on it. */
  readonly dependents: ReadonlySet<string>;
  /** Labels of the branches that it is on, its own and inherited ones. */
  readonly labels: ReadonlySet<string>;
}

/** No other revision comes after this one; one that another depends on counts as a head. */
export function isHead(member: Member): boolean {
  return member.children.size === 0;
}

/** No other revision comes after this one or depends on it. */
export function isRealHead(member: Member): boolean {
  return member.dependents.size === 0;
}

/** Several revisions come after this one. */
export function isBranchPoint(member: Member): boolean {
  return member.children.size > 1;
}

/** This revision comes after several. */
export function isMergePoint(member: Member): boolean {
  return member.parents.length > 1;
}
