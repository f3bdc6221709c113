/**
 * Finds revisions by names and targets.
 *
 * @module
 */

import { withoutAliases } from "../graph/aliases.ts";
import type { RevisionGraph } from "../graph/graph.ts";
import { positions, single, type Target } from "./resolve.ts";

/**
 * The ids that a target stands for, in order: none for `base`; for revisions back from the heads (`-1`)
 * also `"base"` for the empty database, and null for anything before it.
 *
 * @throws {RevisionError} if a name is not found or ambiguous.
 */
export function resolve(graph: RevisionGraph, target: Target): readonly (string | null)[] {
  const names = typeof target === "string"
    ? withoutAliases(graph, target)
    : target?.map((name) => withoutAliases(graph, name)) ?? null;
  return positions(graph, names).map((at) => at === null || at === "base" ? at : at.id);
}

/**
 * The id of the one revision that a name stands for; null for `base`.
 *
 * @throws {RevisionError} if the name is not found, ambiguous, or stands for several.
 */
export function resolveOne(graph: RevisionGraph, name: string): string | null {
  return single(graph, withoutAliases(graph, name))?.id ?? null;
}
