/**
 * The history of a schema: revisions, how they follow each other, and what a target such as `head`,
 * `+1` or `label@head` means. All of it is pure; the rules are Alembic 1.8.1's.
 *
 * @module
 */

export { currentMembers } from "./rows/current.ts";
export { line, type LineOptions, longForm, type LongFormOptions } from "./text/format.ts";
export {
  branchPoints,
  type GraphOptions,
  mergePoints,
  type RevisionGraph,
  revisionGraph,
} from "./graph/graph.ts";
export {
  currentEntries,
  type Entry,
  type Fork,
  forks,
  headEntries,
  history,
  type HistoryOptions,
  needsCurrent,
} from "./text/history.ts";
export {
  isBranchPoint,
  isHead,
  isMergePoint,
  isRealHead,
  type Member,
  type RevisionNode,
} from "./graph/revision.ts";
export {
  RevisionError,
  type RevisionErrorDetails,
  type RevisionErrorType,
} from "./graph/revision_error.ts";
export { resolve, resolveOne } from "./target/find.ts";
export type { Target } from "./target/resolve.ts";
export { stampMoves } from "./rows/stamp.ts";
export {
  downgradeMoves,
  offlineDowngrade,
  type OfflineMoves,
  offlineUpgrade,
  type RevisionMove,
  upgradeMoves,
  type VersionMove,
} from "./rows/moves.ts";
export type { RowChange } from "./rows/version_rows.ts";
