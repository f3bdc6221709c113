/**
 * The revisions between where a database is, or where a range starts, and a target.
 *
 * @module
 */

import type { RevisionGraph } from "../graph/graph.ts";
import { notAncestor, refused, unanswerable } from "../text/messages.ts";
import { reachable, reachableApart, towards } from "../graph/reachable.ts";
import { downgradeTarget, upgradeTargets } from "./relative.ts";
import { member, onBranch, type Position, positions, single, type Target } from "./resolve.ts";
import type { Member } from "../graph/revision.ts";
import { newestFirst } from "../graph/sort.ts";

/**
 * The revisions that an upgrade applies, newest first: all that the target needs and the current
 * ones do not have.
 *
 * @throws {RevisionError} if the target cannot be resolved, or one of several targets or current
 * revisions comes before another.
 */
export function upgradeRange(
  graph: RevisionGraph,
  current: readonly string[],
  target: string,
): readonly Member[] {
  const targets = members(upgradeTargets(graph, current, target, { clamp: false }), target);
  const required = reachableApart(graph.names, targets, towards.down);
  const starts = members(positions(graph, current), written(current));
  const applied = reachableApart(graph.names, starts, towards.down);
  return ordered(graph, required.difference(applied), targets);
}

/**
 * The revisions that a downgrade reverts, newest first: those applied that come after the target
 * or depend on it.
 *
 * @throws {RevisionError} if the target cannot be resolved or is not among those applied.
 */
export function downgradeRange(
  graph: RevisionGraph,
  current: readonly string[],
  target: string,
): readonly Member[] {
  const { position, branch } = downgradeTarget(graph, current, target, { clamp: false });
  const roots = onlyOnBranch(graph, rootsAbove(graph, position), branch);
  const heads = positions(graph, current);
  const above = reachable(graph.names, roots, towards.dependents);
  const tops = members(heads, written(current));
  const dropped = above.intersection(reachable(graph.names, tops, towards.down));
  if (position !== null && position !== "base" && dropped.size === 0 && !heads.includes(position)) {
    throw notAncestor("Nothing to drop", written(current));
  }
  return ordered(graph, dropped, tops);
}

/** What a downgrade reverts last: the revisions directly after its target. */
function rootsAbove(graph: RevisionGraph, target: Position): readonly Member[] {
  if (target !== null && target !== "base") {
    return members(positions(graph, [...target.children]), target.id);
  }
  // By all their names, as Alembic counts them: a single base with a label is more than one.
  return [...graph.names.values()].filter(({ parents }) => parents.length === 0);
}

function onlyOnBranch(
  graph: RevisionGraph,
  roots: readonly Member[],
  branch: string | undefined,
): readonly Member[] {
  if (branch === undefined || roots.length < 2) return roots;
  const before = reachable(graph.names, [onBranch(graph, branch)], towards.parents);
  const kept = roots.filter((root) => before.has(root));
  if (kept.length === 0) throw refused.notDowngradable();
  return kept;
}

/**
 * The revisions from a start to an end, newest first, both included. From a named start only those
 * are listed that come after it on its own branch.
 *
 * @throws {RevisionError} if an end cannot be resolved, or the start does not come before the end.
 */
export function historyRange(
  graph: RevisionGraph,
  start: Target,
  end: Target,
): readonly Member[] {
  const targets = onBranchOf(graph, start, upgradeEnd(graph, start, end));
  const required = reachableApart(graph.names, targets, towards.down);
  const starts = startsWithin(graph, required, start, end);
  const applied = reachableApart(graph.names, starts, towards.down);
  const listed = required.difference(applied).union(new Set(starts));
  if (starts.length === 0) return ordered(graph, listed, targets);
  const after = reachableApart(graph.names, starts, towards.children);
  return ordered(graph, listed.intersection(after), targets);
}

function upgradeEnd(graph: RevisionGraph, start: Target, end: Target): readonly Member[] {
  return members(upgradeTargets(graph, start, end, { clamp: true }), written(end));
}

/** A start like `label@base` confines the range to that branch. */
function onBranchOf(
  graph: RevisionGraph,
  start: Target,
  targets: readonly Member[],
): readonly Member[] {
  if (typeof start !== "string" || !start.includes("@")) return targets;
  const name = start.slice(0, start.indexOf("@"));
  const revision = single(graph, name);
  const labels = revision?.id === name ? [...revision.labels] : [name];
  const [label] = labels;
  if (label === undefined || labels.length > 1) throw unanswerable.branchUnknown(name);
  return targets.filter((target) => target.labels.has(label));
}

function startsWithin(
  graph: RevisionGraph,
  required: ReadonlySet<Member>,
  start: Target,
  end: Target,
): readonly Member[] {
  const found = positions(graph, start);
  if (found.some((at) => at === "base" || at !== null && !required.has(at))) {
    throw notAncestor(written(start), written(end));
  }
  if (found[0] !== null) return members(found, written(start));
  if (typeof start !== "string") throw unanswerable.outside(written(start));
  // Before the first revision: start at the beginning.
  const { position } = downgradeTarget(graph, end, start, { clamp: true });
  return position === "base" ? [] : members([position], start);
}

/**
 * In order, each looked up by its id once more: of several revisions with one id the last counts,
 * and where an id is a reserved word, as Alembic allows, the word wins.
 */
function ordered(
  graph: RevisionGraph,
  wanted: ReadonlySet<Member>,
  tops: readonly Member[],
): readonly Member[] {
  const known = ({ id }: Member) => graph.members.get(id)!;
  return newestFirst(graph, new Set([...wanted].map(known)), tops.map(known)).map(({ id }) => {
    const found = single(graph, id);
    if (found === null) throw unanswerable.noRevision(id);
    return found;
  });
}

function members(found: readonly Position[], target: string): readonly Member[] {
  return found.map((position) => member(position, target));
}

/** A target as text; several as Alembic writes them, `('010', '020')`. */
export function written(target: Target): string {
  if (target === null || target.length === 0) return "base";
  if (typeof target === "string") return target;
  const names = target.map((name) => `'${name}'`);
  return `(${names.join(", ")}${names.length === 1 ? "," : ""})`;
}
