/**
 * Links members with the revisions that they come after and depend on.
 *
 * @module
 */

import type { Draft } from "./draft.ts";
import { summary } from "../text/format.ts";
import { unanswerable, warnings } from "../text/messages.ts";
import { reachable, towards } from "./reachable.ts";
import type { RevisionNode } from "./revision.ts";

/** The members of a graph at its two ends. */
export interface Ends<N extends RevisionNode> {
  readonly heads: ReadonlySet<Draft<N>>;
  readonly realHeads: ReadonlySet<Draft<N>>;
  readonly bases: ReadonlySet<Draft<N>>;
  readonly realBases: ReadonlySet<Draft<N>>;
}

/**
 * Looks up what each revision depends on.
 *
 * @throws {RevisionError} if a dependency is no id and no label.
 */
export function resolveDependencies<N extends RevisionNode>(
  names: ReadonlyMap<string, Draft<N>>,
  drafts: readonly Draft<N>[],
): void {
  for (const draft of drafts) {
    draft.dependencies = (draft.node.dependsOn ?? []).map((name) => {
      const dependency = names.get(name);
      if (dependency === undefined) throw unanswerable.absentDependency(name, draft.id);
      return dependency.id;
    });
  }
}

/**
 * Links each revision to those after it, and finds the ends of the graph. `drafts` are all that
 * was loaded; those that another of the same id replaced are not linked but still count as ends.
 *
 * @throws {RevisionError} if a parent is missing.
 */
export function linkChildren<N extends RevisionNode>(
  names: ReadonlyMap<string, Draft<N>>,
  drafts: readonly Draft<N>[],
  warn: (text: string) => void,
): Ends<N> {
  const heads = new Set(drafts);
  const realHeads = new Set(drafts);
  for (const draft of new Set(names.values())) {
    for (const id of towards.needs(draft)) {
      const parent = names.get(id);
      if (parent === undefined) {
        warn(warnings.absent(id, summary(draft)));
        throw unanswerable.absentParent(id, draft.id);
      }
      parent.dependents.add(draft.id);
      realHeads.delete(parent);
      if (!draft.parents.includes(id)) continue;
      if (draft.parents.includes(parent.id)) parent.children.add(draft.id);
      heads.delete(parent);
    }
  }
  const bases = drafts.filter(({ parents }) => parents.length === 0);
  const realBases = bases.filter(({ node }) => !node.dependsOn?.length);
  return { heads, realHeads, bases: new Set(bases), realBases: new Set(realBases) };
}

/**
 * Determines what each revision comes directly after: its parents, and those dependencies that none of
 * its ancestors has already.
 *
 * @throws {RevisionError} if an ancestor is missing.
 */
export function settleDown<N extends RevisionNode>(
  names: ReadonlyMap<string, Draft<N>>,
  drafts: readonly Draft<N>[],
): void {
  for (const draft of drafts) {
    draft.down = [...new Set([...draft.parents, ...needed(names, draft)])];
  }
}

function needed<N extends RevisionNode>(
  names: ReadonlyMap<string, Draft<N>>,
  draft: Draft<N>,
): readonly string[] {
  if (draft.dependencies.length === 0) return [];
  const ancestors = reachable(names, [draft], towards.parents);
  ancestors.delete(draft);
  const had = new Set([...ancestors].flatMap(({ dependencies }) => dependencies));
  // Alembic keeps these in a set, so that their order differs from run to run; here it is fixed.
  return draft.dependencies.filter((id) => !had.has(id)).sort();
}
