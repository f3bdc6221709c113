/**
 * Members of a graph while their links are being made.
 *
 * @module
 */

import { cycle, refused } from "./messages.ts";
import type { Member, RevisionNode } from "./revision.ts";

/** A member whose links are still being made. */
export interface Draft<N extends RevisionNode = RevisionNode> extends Member<N> {
  dependencies: readonly string[];
  down: readonly string[];
  readonly children: Set<string>;
  readonly dependents: Set<string>;
  readonly labels: Set<string>;
}

/** Characters that the target grammar needs for itself, in the order in which they are named. */
const reserved = ["+", "-", "@"];

/**
 * Checks what can be checked of a revision alone.
 *
 * @throws {RevisionError} if it names itself, or its id has reserved characters.
 */
export function draft<N extends RevisionNode>(node: N): Draft<N> {
  const parents = typeof node.down === "string" ? [node.down] : node.down ?? [];
  const { id, dependsOn = [], labels = [] } = node;
  if (parents.includes(id)) throw cycle("LoopDetected", [id]);
  if (dependsOn.includes(id)) throw cycle("DependencyLoopDetected", [id]);
  const unusable = reserved.filter((character) => id.includes(character));
  if (unusable.length > 0) throw refused.characters(unusable, id);
  return {
    node,
    id,
    parents,
    dependencies: [],
    down: [],
    children: new Set(),
    dependents: new Set(),
    labels: new Set(labels),
  };
}
