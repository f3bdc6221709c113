/**
 * The history of a schema: revisions, how they follow each other, and what a target such as `head`,
 * `+1` or `label@head` means. All of it is pure; the rules are Alembic 1.8.1's.
 *
 * @module
 */

export { longForm } from "./text/format.ts";
export {
  branchPoints,
  type GraphOptions,
  mergePoints,
  type RevisionGraph,
  revisionGraph,
} from "./graph/graph.ts";
export { currentEntries, forks, headEntries, history, needsCurrent } from "./text/history.ts";
export type { RevisionNode } from "./graph/revision.ts";
export { RevisionError } from "./graph/revision_error.ts";
export { resolve, resolveOne } from "./target/find.ts";
export { stampMoves } from "./rows/stamp.ts";
export {
  downgradeMoves,
  offlineDowngrade,
  offlineUpgrade,
  type RevisionMove,
  upgradeMoves,
  type VersionMove,
} from "./rows/moves.ts";
