/**
 * Resolves names and targets to revisions: `head`, `heads`, `base`, ids, the beginnings of ids,
 * labels, `label@head`, `label@id`, and `-N` (back from the heads).
 *
 * @module
 */

import type { RevisionGraph } from "../graph/graph.ts";
import { multipleHeads, notFound, refused, unanswerable, unresolved } from "../text/messages.ts";
import { reachable, towards } from "../graph/reachable.ts";
import type { Member } from "../graph/revision.ts";
import { RevisionError } from "../graph/revision_error.ts";

/**
 * The result of a target: a revision, the state before the first one, or nothing, if fewer
 * revisions exist than it counts back.
 */
export type Position = Member | "base" | null;

/** One name, several, or none, which is the state before the first revision. */
export type Target = string | readonly string[] | null;

/** What a single name stands for: ids or names of revisions, and the branch they must be on. */
interface Expanded {
  readonly names: readonly string[];
  readonly branch: string | undefined;
}

/**
 * All that a target stands for, in order; nothing for `base`.
 *
 * @throws {RevisionError} if a name is not found or ambiguous.
 */
export function positions(graph: RevisionGraph, target: Target): readonly Position[] {
  if (target !== null && typeof target !== "string") {
    return target.flatMap((name) => positions(graph, name));
  }
  const { names, branch } = expand(graph, target);
  const count = names.length === 1 ? countBack(names[0] ?? "") : 0;
  if (count === 0) return names.map((name) => lookUp(graph, name, branch));
  const heads = positions(graph, "heads").map((head) => member(head, "heads"));
  return heads
    .filter(({ labels }) => branch === undefined || labels.has(branch))
    .map((head) => walk(graph, head, -count));
}

/**
 * The one revision that a name stands for; null for `base`.
 *
 * @throws {RevisionError} if the name is not found, ambiguous, or stands for several.
 */
export function single(graph: RevisionGraph, name: string | null): Member | null {
  const { names: [first, ...more], branch } = expand(graph, name);
  if (first !== undefined && more.length > 0) throw multipleHeads(name ?? "", [first, ...more]);
  if (first !== undefined) return lookUp(graph, first, branch);
  if (branch) onBranch(graph, branch);
  return null;
}

/**
 * Makes sure that a position is a revision.
 *
 * @throws {RevisionError} if it is not.
 */
export function member(position: Position, written: string): Member {
  if (position === null || position === "base") throw unanswerable.outside(written);
  return position;
}

/**
 * Follows parents (`count` below 0) or children, one by one. From null one goes down from the heads
 * or up from the bases. Where the revisions end: null, or with `clamp` the last position.
 *
 * @throws {RevisionError} if there are several ways to go.
 */
export function walk(
  graph: RevisionGraph,
  start: Position,
  count: number,
  { branch, clamp = false }: { branch?: string | undefined; clamp?: boolean } = {},
): Position {
  let position = start;
  for (let left = Math.abs(count); left > 0; left--) {
    const next = count > 0 ? above(graph, position, branch) : below(graph, position);
    if (next.length > 1) throw refused.ambiguousWalk();
    if (next[0] === undefined) return clamp ? position : null;
    position = next[0];
  }
  return position;
}

function above(graph: RevisionGraph, from: Position, branch?: string): readonly Position[] {
  const ids = from === null ? graph.bases : [...member(from, "base").children];
  const children = positions(graph, ids).map((child) => member(child, "base"));
  return branch ? onLine(graph, children, branch) : children;
}

function below(graph: RevisionGraph, from: Position): readonly Position[] {
  if (from === "base") return [];
  const parents = positions(graph, from === null ? graph.heads : from.parents);
  return parents.length > 0 ? parents : ["base"];
}

/**
 * Those of some revisions that are before, at or after what a name stands for.
 *
 * @throws {RevisionError} if the name is not found; not looked up where there is nothing to choose.
 */
export function onLine<P extends Position>(
  graph: RevisionGraph,
  candidates: readonly P[],
  name: string,
  { dependencies = false }: { dependencies?: boolean } = {},
): readonly (P & Member)[] {
  const line = lineOf(graph, name);
  return candidates.filter((candidate): candidate is P & Member => {
    // Alembic refuses it here: no revision has the name "base".
    const at = candidate === "base" ? lookUp(graph, candidate) : member(candidate, name);
    return sharesLine(graph, at, line, dependencies);
  });
}

/** As {@linkcode onLine}, for ids or labels. */
export function idsOnLine(
  graph: RevisionGraph,
  ids: readonly string[],
  name: string,
): readonly string[] {
  const line = lineOf(graph, name);
  return ids.filter((id) => sharesLine(graph, lookUp(graph, id), line, false));
}

function lineOf(graph: RevisionGraph, name: string): readonly string[] {
  const { names, branch } = expand(graph, name);
  return branch ? [branch, ...names] : names;
}

function sharesLine(
  graph: RevisionGraph,
  candidate: Member,
  line: readonly string[],
  dependencies: boolean,
): boolean {
  if (line.length === 0) return true;
  const on = line.map((name) => lookUp(graph, name));
  const up = dependencies ? towards.dependents : towards.children;
  const down = dependencies ? towards.down : towards.parents;
  const related = [up, down].map((way) => reachable(graph.names, [candidate], way));
  return on.some((revision) => related.some((set) => set.has(revision)));
}

/** Splits off the branch and replaces symbols by ids. */
function expand(graph: RevisionGraph, written: string | null): Expanded {
  if (written === null) return { names: [], branch: undefined };
  const at = written.indexOf("@");
  const branch = at < 0 ? undefined : written.slice(0, at);
  const name = written.slice(at + 1);
  if (name === "heads") return { names: heads(graph, branch), branch };
  if (name === "head") return { names: head(graph, branch), branch };
  return { names: name === "base" ? [] : [name], branch };
}

function heads(graph: RevisionGraph, branch: string | undefined): readonly string[] {
  return branch ? idsOnLine(graph, graph.heads, branch) : graph.realHeads;
}

function head(graph: RevisionGraph, branch: string | undefined): readonly string[] {
  const found = branch ? idsOnLine(graph, graph.heads, branch) : graph.heads;
  if (found.length > 1) throw multipleHeads(branch ? `${branch}@head` : "head", found);
  return found;
}

/** Finds a revision by id, label, or the beginning of one of them. */
function lookUp(graph: RevisionGraph, name: string, branch?: string): Member {
  const at = branch ? onBranch(graph, branch) : undefined;
  const found = graph.names.get(name) ?? abbreviated(graph, name, branch);
  if (branch && at !== undefined && !sharesLine(graph, lookUp(graph, found.id), [at.id], false)) {
    throw unresolved(name, notFound.elsewhere(found.id, branch));
  }
  return found;
}

/** Only names of four characters and more can be abbreviated. */
function abbreviated(graph: RevisionGraph, name: string, branch: string | undefined): Member {
  if (name === "") throw unanswerable.emptyName();
  const longer = [...graph.names.keys()]
    .filter((known) => known.startsWith(name) && Array.from(known).length > 3);
  const candidates = branch ? idsOnLine(graph, longer, branch) : longer;
  const [first, ...more] = candidates;
  const found = first === undefined ? undefined : graph.names.get(first);
  if (found === undefined) throw unresolved(name, notFound.revision(name));
  if (more.length > 0) throw unresolved(name, notFound.ambiguous(name, candidates));
  return found;
}

/** The revision that a branch is named after: by label, or by any revision on it. */
export function onBranch(graph: RevisionGraph, branch: string): Member {
  try {
    return lookUp(graph, branch);
  } catch (error) {
    if (!(error instanceof RevisionError) || error.type !== "ResolutionError") throw error;
    throw unresolved(branch, notFound.branch(branch));
  }
}

/** The number in a whole name like `-3`, else 0. */
function countBack(name: string): number {
  return /^\s*-\d+(_\d+)*\s*$/.test(name) ? Number(name.replaceAll("_", "").trim().slice(1)) : 0;
}
