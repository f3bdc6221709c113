/**
 * Puts revisions in order, newest first.
 *
 * @module
 */

import type { RevisionGraph } from "./graph.ts";
import { unanswerable } from "../text/messages.ts";
import { reachable, towards } from "./reachable.ts";
import type { Member } from "./revision.ts";

/** A branch that is being followed down. */
interface Line {
  readonly at: Member;
  /** Everything at or below its end. */
  readonly below: Set<Member>;
}

/**
 * Orders revisions so that each comes before all that it needs. A line is followed down until it
 * meets a revision that another line has yet to pass; then that one is followed. Where this leaves a
 * choice, load order decides.
 *
 * @param wanted the revisions to put in order.
 * @param tops where to begin: the newest of the wanted revisions, perhaps among others.
 * @throws {RevisionError} if some cannot be reached from the tops by way of wanted revisions only.
 */
export function newestFirst(
  graph: RevisionGraph,
  wanted: ReadonlySet<Member>,
  tops: Iterable<Member>,
): readonly Member[] {
  const left = new Set(wanted);
  const lines = beginnings(graph, left, tops);
  const sorted: Member[] = [];
  for (let index = 0; lines.length > 0;) {
    index = unblocked(lines, index);
    const { at } = lines[index]!;
    if (left.delete(at)) sorted.push(at);
    const next = continued(graph, lines, index, left);
    lines.splice(index, 1, ...next.slice(0, 1));
    lines.push(...next.slice(1));
    if (next.length === 0) index = Math.max(index - 1, 0);
  }
  if (left.size > 0) throw unanswerable.unordered([...left].map(({ id }) => id));
  return sorted;
}

function beginnings(
  graph: RevisionGraph,
  left: ReadonlySet<Member>,
  tops: Iterable<Member>,
): Line[] {
  const begin = new Set(tops);
  return [...graph.members.values()]
    .filter((member) => left.has(member) && begin.has(member))
    .map((member) => lineFrom(graph, member));
}

/** The lines that take the place of one: one for each revision below that no line is at yet. */
function continued(
  graph: RevisionGraph,
  lines: readonly Line[],
  index: number,
  left: ReadonlySet<Member>,
): readonly Line[] {
  const { at, below } = lines[index]!;
  const next = at.down.map((id) => graph.names.get(id)!)
    .filter((member) => left.has(member) && lines.every((line) => line.at !== member));
  if (at.down.length !== 1 || next[0] === undefined) {
    return next.map((member) => lineFrom(graph, member));
  }
  below.delete(at);
  return [{ at: next[0], below }];
}

function lineFrom(graph: RevisionGraph, at: Member): Line {
  return { at, below: reachable(graph.names, [at], towards.down) };
}

/** The line to follow: the given one, or one that has yet to pass the revision that it is at. */
function unblocked(lines: readonly Line[], start: number): number {
  const visited = new Set<number>();
  let index = start;
  while (!visited.has(index)) {
    visited.add(index);
    const { at } = lines[index]!;
    const blocking = lines.findIndex(({ below }, other) => other !== index && below.has(at));
    if (blocking < 0) return index;
    index = blocking;
  }
  throw unanswerable.entangled([...visited].map((at) => lines[at]!.at.id));
}
