/**
 * Labels: names that a revision gives to its branch.
 *
 * @module
 */

import type { Draft } from "./draft.ts";
import { refused } from "../text/messages.ts";
import { reachable, towards } from "./reachable.ts";
import { isMergePoint, type RevisionNode } from "./revision.ts";

/**
 * Adds the labels that revisions give to the names that revisions can be found by.
 *
 * @throws {RevisionError} if a label is an id or is used already.
 */
export function addLabels<N extends RevisionNode>(
  names: Map<string, Draft<N>>,
  drafts: readonly Draft<N>[],
): void {
  for (const draft of drafts) {
    for (const label of draft.node.labels ?? []) {
      const owner = names.get(label);
      if (owner !== undefined) throw refused.labelTaken(label, draft.id, owner.id);
      names.set(label, draft);
    }
  }
}

/**
 * Puts labels on all revisions of their branches: on those that come after, and, where a branch goes
 * on unforked to its end, on those before up to the nearest fork or merge.
 */
export function spreadLabels<N extends RevisionNode>(
  names: ReadonlyMap<string, Draft<N>>,
  drafts: readonly Draft<N>[],
): void {
  for (const start of drafts.filter(({ node }) => node.labels?.length)) {
    const after = [...reachable(names, [start], towards.children)];
    for (const draft of [...after, ...unforked(names, after.at(-1))]) {
      for (const label of start.labels) draft.labels.add(label);
    }
  }
}

/** From a revision backwards, up to the first fork or merge. */
function* unforked<N extends RevisionNode>(
  names: ReadonlyMap<string, Draft<N>>,
  last: Draft<N> | undefined,
): Iterable<Draft<N>> {
  let draft = last;
  while (draft !== undefined && draft.dependents.size <= 1 && !isMergePoint(draft)) {
    yield draft;
    const [parent] = draft.parents;
    draft = parent === undefined ? undefined : names.get(parent);
  }
}
