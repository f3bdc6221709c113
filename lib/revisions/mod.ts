/**
 * The history of a schema: revisions, how they follow each other, and what a target such as `head`,
 * `+1` or `label@head` means. All of it is pure; the rules are Alembic 1.8.1's.
 *
 * @module
 */

export { currentMembers } from "./current.ts";
export { line, type LineOptions, longForm, type LongFormOptions } from "./format.ts";
export {
  branchPoints,
  type GraphOptions,
  mergePoints,
  type RevisionGraph,
  revisionGraph,
} from "./graph.ts";
export {
  currentEntries,
  type Entry,
  type Fork,
  forks,
  headEntries,
  history,
  type HistoryOptions,
  needsCurrent,
} from "./history.ts";
export {
  isBranchPoint,
  isHead,
  isMergePoint,
  isRealHead,
  type Member,
  type RevisionNode,
} from "./revision.ts";
export {
  RevisionError,
  type RevisionErrorDetails,
  type RevisionErrorType,
} from "./revision_error.ts";
export { resolve, resolveOne } from "./find.ts";
export type { Target } from "./resolve.ts";
export { stampMoves } from "./stamp.ts";
export {
  downgradeMoves,
  offlineDowngrade,
  type OfflineMoves,
  offlineUpgrade,
  type RevisionMove,
  upgradeMoves,
  type VersionMove,
} from "./moves.ts";
export type { RowChange } from "./version_rows.ts";
