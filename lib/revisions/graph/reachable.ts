/**
 * Which revisions can be reached from others, up or down.
 *
 * @module
 */

import { refused, unanswerable } from "../text/messages.ts";
import type { Member } from "./revision.ts";

/** The ids next from a revision. */
export type Direction = (member: Member) => Iterable<string>;

/** The directions of a walk. */
export const towards = {
  /** To the revisions that one comes after. */
  parents: (member: Member): Iterable<string> => member.parents,
  /** To the revisions that one comes after, and to all that one depends on. */
  needs: (member: Member): Iterable<string> => [...member.parents, ...member.dependencies],
  /** To parents and to dependencies that no ancestor has already. */
  down: (member: Member): Iterable<string> => member.down,
  /** To the revisions that come after one. */
  children: (member: Member): Iterable<string> => member.children,
  /** To children and to the revisions that depend on one. */
  dependents: (member: Member): Iterable<string> => member.dependents,
} as const satisfies Record<string, Direction>;

/**
 * All revisions that can be reached, the starting ones included.
 *
 * @throws {RevisionError} if an edge leads to a missing revision.
 */
export function reachable<M extends Member>(
  names: ReadonlyMap<string, M>,
  starts: Iterable<M>,
  direction: Direction,
): Set<M> {
  const seen = new Set<M>();
  for (const start of starts) visit(names, start, direction, seen);
  return seen;
}

/**
 * As {@linkcode reachable}, for starting revisions none of which may lead to another.
 *
 * @throws {RevisionError} if one does, or if an edge leads to a missing revision.
 */
export function reachableApart<M extends Member>(
  names: ReadonlyMap<string, M>,
  starts: readonly M[],
  direction: Direction,
): Set<M> {
  const seen = new Set<M>();
  for (const start of starts) {
    const met = visit(names, start, direction, seen);
    const overlaps = new Set(starts.filter((other) => other !== start && met.has(other)));
    if (overlaps.size > 0) throw refused.overlap(start.id, [...overlaps].map(({ id }) => id));
  }
  return seen;
}

/** Adds to `seen` and returns everything reachable, without passing what was seen before. */
function visit<M extends Member>(
  names: ReadonlyMap<string, M>,
  start: M,
  direction: Direction,
  seen: Set<M>,
): Set<M> {
  const met = new Set<M>();
  const open = [start];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    met.add(member);
    if (seen.has(member)) continue;
    seen.add(member);
    for (const id of direction(member)) open.push(named(names, id, member));
  }
  return met;
}

function named<M extends Member>(names: ReadonlyMap<string, M>, id: string, from: M): M {
  const member = names.get(id);
  if (member === undefined) throw unanswerable.absentParent(id, from.id);
  if (member.id !== id) throw refused.brokenMap();
  return member;
}
