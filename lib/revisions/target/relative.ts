/**
 * Targets that count revisions: `+2` and `-1` from where the database is, `REV+2` and `REV-1` from a
 * revision, each with a branch in front if need be: `label@+2`.
 *
 * @module
 */

import { currentMembers } from "../rows/current.ts";
import type { RevisionGraph } from "../graph/graph.ts";
import { refused, unanswerable, warnings } from "../text/messages.ts";
import { reachable, towards } from "../graph/reachable.ts";
import {
  idsOnLine,
  member,
  onLine,
  type Position,
  positions,
  single,
  type Target,
  walk,
} from "./resolve.ts";

/** A target that counts revisions, in its parts. */
interface Relative {
  readonly branch: string | undefined;
  /** The revision that it counts from; undefined for where the database is. */
  readonly from: string | undefined;
  /** Up if positive. */
  readonly count: number;
  /** The number as written. */
  readonly written: string;
}

/** Whether a walk that runs out of revisions stops there (else it has no result). */
export interface Reach {
  readonly clamp: boolean;
}

/** The target of a downgrade, and its branch. */
export interface DowngradeTarget {
  readonly position: Position;
  readonly branch: string | undefined;
}

// Text after the number is ignored: for Alembic "010+2x" is "010+2".
const pattern = /^(?:(.+?)@)?([\p{L}\p{N}_]+)?([+-]\d+)/u;

function parse(target: Target): Relative | undefined {
  const match = typeof target === "string" ? pattern.exec(target) : null;
  if (match === null) return undefined;
  const [, branch, from, written = ""] = match;
  return { branch, from, count: Number(written), written };
}

/**
 * The target of an upgrade.
 *
 * @throws {RevisionError} if the target is not found, not unique, or leads past the last revision.
 */
export function upgradeTargets(
  graph: RevisionGraph,
  current: Target,
  target: Target,
  reach: Reach,
): readonly Position[] {
  const relative = parse(target);
  if (relative === undefined) return positions(graph, target);
  const { branch, from, count } = relative;
  if (from === undefined) return [upFromCurrent(graph, list(current), relative, reach)];
  return [fromRevision(graph, { branch, from, count }, reach)];
}

function upFromCurrent(
  graph: RevisionGraph,
  current: readonly string[],
  { branch, count, written }: Relative,
  reach: Reach,
): Position {
  if (count <= 0) throw refused.tooFewRevisions(String(count || 0), Math.abs(count));
  const starts = branch === undefined ? current : startsOn(graph, current, branch);
  if (starts.length > 1) throw refused.ambiguousUpgrade();
  const start = starts[0] === undefined ? null : single(graph, starts[0]);
  const position = walk(graph, start, count, { branch, ...reach });
  if (position === null) throw refused.tooFewRevisions(written, count);
  return position;
}

/** The current revisions of a branch; where none is on it, the newest that they came through. */
function startsOn(
  graph: RevisionGraph,
  current: readonly string[],
  branch: string,
): readonly string[] {
  const found = positions(graph, current);
  const direct = onLine(graph, found, branch);
  if (direct.length > 0) return direct.map(({ id }) => id);
  const members = found.map((position) => member(position, branch));
  const applied = onLine(graph, [...reachable(graph.names, members, towards.down)], branch);
  const passed = new Set(applied.flatMap(({ down }) => down));
  return applied.map(({ id }) => id).filter((id) => !passed.has(id));
}

/** Up one follows the branch; down one starts on it, and there is one way only. */
function fromRevision(
  graph: RevisionGraph,
  { branch, from, count }: { branch: string | undefined; from: string; count: number },
  reach: Reach,
): Position {
  if (count > 0) return walk(graph, single(graph, from), count, { branch, ...reach });
  const start = single(graph, branch === undefined ? from : `${branch}@${from}`);
  return walk(graph, start, count, reach);
}

/**
 * The target of a downgrade.
 *
 * @throws {RevisionError} if the target is not found, not unique, or leads past the last revision.
 */
export function downgradeTarget(
  graph: RevisionGraph,
  current: Target,
  target: string,
  reach: Reach,
): DowngradeTarget {
  const relative = parse(target);
  if (relative === undefined) return absolute(graph, target);
  const { branch, from, count } = relative;
  if (from === undefined) return downFromCurrent(graph, list(current), relative, reach);
  // A count of 0 stays at the revision, whatever branch is named.
  const position = fromRevision(
    graph,
    { branch: count === 0 ? undefined : branch, from, count },
    reach,
  );
  if (position === null) throw refused.walkedTooFar();
  return { position, branch };
}

function absolute(graph: RevisionGraph, target: string): DowngradeTarget {
  const at = target.lastIndexOf("@");
  const position = single(graph, target.slice(at + 1));
  return { position, branch: at > 0 ? target.slice(0, at) : undefined };
}

function downFromCurrent(
  graph: RevisionGraph,
  current: readonly string[],
  { branch, count, written }: Relative,
  reach: Reach,
): DowngradeTarget {
  const tooFew = refused.tooFewRevisions(written, Math.abs(count));
  if (count >= 0) throw tooFew;
  if (branch === undefined && new Set(current).size > 1) graph.warn(warnings.ambiguousDowngrade());
  const from = branch === undefined ? current[0] : startOn(graph, current, branch);
  if (from === undefined) throw tooFew;
  const line = branch ?? from;
  const position = fromRevision(graph, { branch: line, from, count }, reach);
  if (position === null) throw tooFew;
  return { position, branch: line };
}

function startOn(graph: RevisionGraph, current: readonly string[], branch: string): string {
  const direct = idsOnLine(graph, current, branch);
  const found = direct.length > 0
    ? direct
    : onLine(graph, currentMembers(graph, current), branch).map(({ id }) => id);
  if (found[0] === undefined || found.length > 1) throw unanswerable.branchStart(branch);
  return found[0];
}

function list(target: Target): readonly string[] {
  return typeof target === "string" ? [target] : target ?? [];
}
