/**
 * Other names of revisions, such as those of releases: `zed` stands for `041`.
 *
 * @module
 */

import type { RevisionGraph } from "./graph.ts";

/**
 * Puts ids in place of aliases: `zed`, `zed+1` and `zed@head` become `041`, `041+1` and `041@head`.
 * A revision or a label of the same name wins.
 */
export function withoutAliases(graph: RevisionGraph, target: string): string {
  const known = (name: string) => graph.names.has(name) ? undefined : graph.aliases.get(name);
  const [, branch, name = "", steps = ""] = /^(?:([^@]*)@)?(.*?)([+-]\d+)?$/s.exec(target) ?? [];
  const prefix = branch === undefined ? "" : `${known(branch) ?? branch}@`;
  return known(name + steps) ?? `${prefix}${known(name) ?? name}${steps}`;
}
