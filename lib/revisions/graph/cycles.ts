/**
 * Finds revisions that come before themselves: those that cannot be reached from both ends.
 *
 * @module
 */

import type { Draft } from "./draft.ts";
import type { Ends } from "./link.ts";
import { cycle } from "../text/messages.ts";
import { type Direction, reachable, towards } from "./reachable.ts";
import type { RevisionNode } from "./revision.ts";

/** Revisions to start from, and the way to go. */
type Walk<N extends RevisionNode> = readonly [ReadonlySet<Draft<N>>, Direction];

/**
 * Refuses a graph with a cycle, first of parents alone, then with dependencies.
 *
 * @throws {RevisionError} if there is one.
 */
export function checkCycles<N extends RevisionNode>(
  members: ReadonlyMap<string, Draft<N>>,
  { heads, bases, realHeads, realBases }: Ends<N>,
): void {
  checkBetween(members, "CycleDetected", [
    [heads, towards.parents],
    [bases, towards.children],
  ]);
  checkBetween(members, "DependencyCycleDetected", [
    [realHeads, towards.needs],
    [realBases, towards.dependents],
  ]);
}

function checkBetween<N extends RevisionNode>(
  members: ReadonlyMap<string, Draft<N>>,
  type: "CycleDetected" | "DependencyCycleDetected",
  walks: readonly Walk<N>[],
): void {
  if (members.size === 0) return;
  if (walks.some(([starts]) => starts.size === 0)) throw cycle(type, members.keys());
  const spaces = walks.map(([starts, direction]) =>
    new Set([...reachable(members, starts, direction)].map(({ id }) => id))
  );
  const cut = [...members.keys()].filter((id) => !spaces.every((space) => space.has(id)));
  if (cut.length > 0) throw cycle(type, cut.sort());
}
