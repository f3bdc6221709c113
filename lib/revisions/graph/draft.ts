/**
 * Revisions of a graph while they are being linked.
 *
 * @module
 */

import { cycle, refused } from "../text/messages.ts";
import type { Member, RevisionNode } from "./revision.ts";

/** A revision that is still being linked. */
export interface Draft<N extends RevisionNode = RevisionNode> extends Member<N> {
  dependencies: readonly string[];
  down: readonly string[];
  readonly children: Set<string>;
  readonly dependents: Set<string>;
  readonly labels: Set<string>;
}

/** Characters reserved by the target grammar, in the order of the message. */
const reserved = ["+", "-", "@"];

/**
 * Checks a revision on its own.
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
