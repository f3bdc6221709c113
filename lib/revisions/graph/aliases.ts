/**
 * Other names of revisions, such as those of releases: `zed` stands for `041`.
 *
 * @module
 */

import type { RevisionGraph } from "./graph.ts";

const reserved: ReadonlySet<string> = new Set(["head", "heads", "base"]);

/**
 * Puts ids in place of aliases: `zed`, `zed+1` and `zed@head` become `041`, `041+1` and `041@head`.
 * Reserved words, revisions and labels of the same name win.
 */
export function withoutAliases(graph: RevisionGraph, target: string): string {
  const known = (name: string) => reserved.has(name) || graph.names.has(name);
  const id = (name: string) => known(name) ? name : graph.aliases.get(name) ?? name;
  const [, branch, name = "", count = ""] = /^(?:([^@]*)@)?(.*?)([+-]\d+)?$/s.exec(target) ?? [];
  return (branch === undefined ? "" : `${id(branch)}@`) + id(name) + count;
}
