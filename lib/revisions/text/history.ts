/**
 * Lists of revisions: the history, the forks, and where a database is.
 *
 * @module
 */

import { withoutAliases } from "../graph/aliases.ts";
import { currentMembers } from "../rows/current.ts";
import { line } from "./format.ts";
import type { RevisionGraph } from "../graph/graph.ts";
import { refused, severalHeads, unanswerable, unrelatedRange } from "./messages.ts";
import { historyRange, written } from "../target/range.ts";
import type { Target } from "../target/resolve.ts";
import { isBranchPoint, type Member, type RevisionNode } from "../graph/revision.ts";
import { reworded } from "../graph/revision_error.ts";

/** A revision in a list. */
export interface Entry<N extends RevisionNode = RevisionNode> {
  /** The revision. */
  readonly member: Member<N>;
  /** Whether the database is at it, if requested. */
  readonly current: boolean;
  /** Its line as Alembic prints it, unwrapped. */
  readonly line: string;
}

/** A revision that several others come after. */
export interface Fork<N extends RevisionNode = RevisionNode> extends Entry<N> {
  /** The revisions that come after it. */
  readonly children: readonly Entry<N>[];
}

/** What to list. */
export interface HistoryOptions {
  /** `START:END`, where either may be left out, or `current`; all revisions when not given. */
  readonly range?: string | null;
  /** The rows of the version table; asked for only where the range says `current`, or marks are. */
  readonly current?: readonly string[];
  /** Mark the revisions that are in the version table. */
  readonly indicateCurrent?: boolean;
}

/**
 * The revisions of a range, newest first.
 *
 * @throws {RevisionError} if the range cannot be read, resolved, or does not lie on one branch.
 */
export function history<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  { range = null, current = [], indicateCurrent = false }: HistoryOptions = {},
): readonly Entry<N>[] {
  const [start, end] = historyEnds(graph, range, current);
  const wording = {
    notAncestor: () => unrelatedRange(written(start), written(end)),
    multipleHeads: () => severalHeads(written(end)),
  };
  const marked = new Set(indicateCurrent ? current : []);
  return reworded(wording, () => historyRange(graph, start, end))
    .map(({ id }) => entry(graph, id, marked.has(id), { parents: true, labels: true, doc: true }));
}

/** Whether a history range can be read only with the rows of the version table. */
export function needsCurrent(range: string | null): boolean {
  return (range ?? "").trim().split(":").includes("current");
}

/** No start, no end and an empty database all mean everything. */
function historyEnds(
  graph: RevisionGraph,
  range: string | null,
  current: readonly string[],
): readonly [Target, Target] {
  if (range !== null && !range.includes(":")) throw refused.historyRange();
  const [start = "", end = "", ...more] = (range ?? ":").trim().split(":");
  if (more.length > 0) throw unanswerable.tooManyColons(range ?? "");
  const known = current.length > 0 ? current : null;
  const startTarget = start === "current" && end !== "current" ? known : start;
  const endTarget = end === "current" ? known : end;
  return [named(graph, startTarget, "base"), named(graph, endTarget, "heads")];
}

function named(graph: RevisionGraph, target: Target, whenEmpty: string): Target {
  if (target === null || target === "") return whenEmpty;
  return typeof target === "string" ? withoutAliases(graph, target) : target;
}

/**
 * The revisions that several others come after, newest first.
 *
 * @param verbose whether the lines of the children carry their messages.
 */
export function forks<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  { verbose = false }: { verbose?: boolean } = {},
): readonly Fork<N>[] {
  return history(graph).filter(({ member }) => isBranchPoint(member)).map(({ member }) => ({
    ...entry(graph, member.id, false, { labels: true }),
    children: [...member.children].map((id) =>
      entry(graph, id, false, { labels: true, doc: verbose })
    ),
  }));
}

/** The revisions that no other comes after, in load order. */
export function headEntries<N extends RevisionNode>(
  graph: RevisionGraph<N>,
): readonly Entry<N>[] {
  return graph.heads.map((id) => entry(graph, id, false, { labels: true, forks: false }));
}

/**
 * Where a database is, as `current` prints it, in load order.
 *
 * @throws {RevisionError} if a row of the version table is no revision.
 */
export function currentEntries<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  rows: readonly string[],
): readonly Entry<N>[] {
  return currentMembers(graph, rows).map(({ id }) => entry(graph, id, false, {}));
}

function entry<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  id: string,
  current: boolean,
  options: Parameters<typeof line>[1],
): Entry<N> {
  const member = graph.members.get(id)!;
  return { member, current, line: line(member, { ...options, current }) };
}
