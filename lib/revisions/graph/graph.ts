/**
 * Revisions linked into a graph. The order in which they were loaded matters, as in Alembic: it
 * settles the order of heads and of revisions that are independent of each other.
 *
 * @module
 */

import { checkCycles } from "./cycles.ts";
import { type Draft, draft } from "./draft.ts";
import { addLabels, spreadLabels } from "./labels.ts";
import { linkChildren, resolveDependencies, settleDown } from "./link.ts";
import { warnings } from "../text/messages.ts";
import { isBranchPoint, isMergePoint, type Member, type RevisionNode } from "./revision.ts";

/** Revisions and how they follow each other. */
export interface RevisionGraph<N extends RevisionNode = RevisionNode> {
  /** The revisions by id, in the order they were loaded. */
  readonly members: ReadonlyMap<string, Member<N>>;
  /** The revisions by id, then by label. */
  readonly names: ReadonlyMap<string, Member<N>>;
  /** Other names of revisions, used if no revision and no label has that name. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Ids that no revision comes after, in load order. */
  readonly heads: readonly string[];
  /** Heads that no revision depends on either. */
  readonly realHeads: readonly string[];
  /** Ids that come after no revision, in load order. */
  readonly bases: readonly string[];
  /** Bases that do not depend on a revision either. */
  readonly realBases: readonly string[];
  /** Called with warnings. */
  readonly warn: (text: string) => void;
}

/** Options of a graph. */
export interface GraphOptions {
  /** Other names of revisions, such as `zed`, and the ids that they stand for. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Called with warnings, in upstream's words; ignored if missing. */
  readonly warn?: (text: string) => void;
}

/**
 * Links revisions into a graph. Of two revisions with the same id the later one replaces the
 * earlier, with a warning, as in Alembic.
 *
 * @throws {RevisionError} if an id has reserved characters, a label is taken, a parent or dependency
 * is missing, or a revision comes before itself.
 */
export function revisionGraph<N extends RevisionNode>(
  nodes: Iterable<N>,
  { aliases = {}, warn = () => {} }: GraphOptions = {},
): RevisionGraph<N> {
  const drafts: Draft<N>[] = [];
  const members = new Map<string, Draft<N>>();
  for (const node of nodes) {
    const loaded = draft(node);
    if (members.has(node.id)) warn(warnings.duplicate(node.id));
    members.set(node.id, loaded);
    drafts.push(loaded);
  }
  const names = new Map(members);
  addLabels(names, drafts);
  resolveDependencies(names, drafts);
  const ends = linkChildren(names, drafts, warn);
  settleDown(names, drafts);
  checkCycles(members, ends);
  spreadLabels(names, drafts);
  return {
    members,
    names,
    aliases: new Map(Object.entries(aliases)),
    heads: ids(ends.heads),
    realHeads: ids(ends.realHeads),
    bases: ids(ends.bases),
    realBases: ids(ends.realBases),
    warn,
  };
}

function ids(members: Iterable<Member>): readonly string[] {
  return [...members].map(({ id }) => id);
}

/** Ids of the revisions that several others come after, in load order. */
export function branchPoints(graph: RevisionGraph): readonly string[] {
  return ids([...graph.members.values()].filter(isBranchPoint));
}

/** Ids of the revisions that come after several others, in load order. */
export function mergePoints(graph: RevisionGraph): readonly string[] {
  return ids([...graph.members.values()].filter(isMergePoint));
}
