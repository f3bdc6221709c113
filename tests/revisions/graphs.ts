/**
 * Graphs that the tests of revisions share.
 *
 * @module
 */

import {
  type GraphOptions,
  type RevisionGraph,
  revisionGraph,
  type RevisionNode,
} from "../../lib/revisions/mod.ts";

/** A revision whose message is made from its id. */
export function node(
  id: string,
  down: RevisionNode["down"],
  more: Partial<RevisionNode> = {},
): RevisionNode {
  return { id, down, message: `step ${id}`, ...more };
}

/** 001 to 005, one after the other. */
export function chain(options?: GraphOptions): RevisionGraph {
  const ids = ["001", "002", "003", "004", "005"];
  return revisionGraph(ids.map((id, index) => node(id, ids[index - 1] ?? null)), options);
}

/** 001, then net1 and sto1 side by side, which 004 merges. */
export function diamond(): RevisionGraph {
  return revisionGraph([
    node("001", null),
    node("net1", "001", { labels: ["network"] }),
    node("sto1", "001", { labels: ["storage"] }),
    node("004", ["net1", "sto1"]),
  ]);
}

/** Two histories, the second of which needs the first's a2. */
export function dependent(): RevisionGraph {
  return revisionGraph([
    node("a1", null, { labels: ["alpha"] }),
    node("a2", "a1"),
    node("b1", null, { labels: ["beta"] }),
    node("b2", "b1", { dependsOn: ["a2"] }),
  ]);
}
