/**
 * Upgrades and downgrades as ordered moves.
 *
 * @module
 */

import { withoutAliases } from "../graph/aliases.ts";
import type { RevisionGraph } from "../graph/graph.ts";
import { refused, severalHeads, unanswerable, unreachable } from "../text/messages.ts";
import { downgradeRange, upgradeRange } from "../target/range.ts";
import { single } from "../target/resolve.ts";
import type { Member, RevisionNode } from "../graph/revision.ts";
import { reworded } from "../graph/revision_error.ts";
import { changed, type RowChange, rowsOfDowngrade, rowsOfUpgrade } from "./version_rows.ts";

/** One move, and its effect on the rows of the version table. */
export interface VersionMove {
  /** The kind of move, in Alembic's word. */
  readonly kind: "upgrade" | "downgrade" | "stamp_revision";
  /** Ids that it goes from, without dependencies. */
  readonly from: readonly string[];
  /** Ids that it goes to, without dependencies. */
  readonly to: readonly string[];
  /** The changes of the version table, in order. */
  readonly rowChanges: readonly RowChange[];
  /** The rows of the version table before the move, sorted. */
  readonly headsBefore: readonly string[];
  /** The rows of the version table after the move, sorted. */
  readonly headsAfter: readonly string[];
  /** What Alembic logs after `Running `, without the message: `upgrade 001 -> 002`. */
  readonly log: string;
}

/** A move that runs a revision. */
export interface RevisionMove<N extends RevisionNode = RevisionNode> extends VersionMove {
  /** The revision that is applied or taken back. */
  readonly revision: N;
}

/** Moves without a database, and the rows of the version table that they start from. */
export interface OfflineMoves<N extends RevisionNode = RevisionNode> {
  /** None for an empty database. */
  readonly start: readonly string[];
  /** In the order to run them. */
  readonly moves: readonly RevisionMove<N>[];
}

type Direction = "upgrade" | "downgrade";

/**
 * The moves from the current rows of the version table up to a target.
 *
 * @throws {RevisionError} if the target cannot be resolved or reached.
 */
export function upgradeMoves<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  current: readonly string[],
  target: string,
): readonly RevisionMove<N>[] {
  if (target.includes(":")) throw refused.rangeOnline();
  return movesTo(graph, "upgrade", current, target);
}

/**
 * The moves from the current rows of the version table down to a target.
 *
 * @throws {RevisionError} if the target cannot be resolved or reached.
 */
export function downgradeMoves<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  current: readonly string[],
  target: string,
): readonly RevisionMove<N>[] {
  if (target.includes(":")) throw refused.rangeOnline();
  return movesTo(graph, "downgrade", current, target);
}

/**
 * The moves of `END` or `START:END` up, without a database.
 *
 * @throws {RevisionError} if the range cannot be resolved.
 */
export function offlineUpgrade<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  range: string,
): OfflineMoves<N> {
  return offline(graph, "upgrade", range.includes(":") ? range : `base:${range}`);
}

/**
 * The moves of `START:END` down, without a database.
 *
 * @throws {RevisionError} if it is not a range, or the range cannot be resolved.
 */
export function offlineDowngrade<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  range: string,
): OfflineMoves<N> {
  if (!range.includes(":")) throw refused.rangeNeeded();
  return offline(graph, "downgrade", range);
}

function offline<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  direction: Direction,
  range: string,
): OfflineMoves<N> {
  const [begin = "", end = "", ...more] = range.split(":");
  if (more.length > 0) throw unanswerable.tooManyColons(range);
  const start = startingRows(graph, withoutAliases(graph, begin));
  return { start, moves: movesTo(graph, direction, start, end) };
}

function startingRows(graph: RevisionGraph, begin: string): readonly string[] {
  if (begin === "base") return [];
  const revision = single(graph, begin);
  if (revision === null) throw unanswerable.noRevision(begin);
  return [revision.id];
}

/** What distinguishes the two directions. */
const ways = {
  upgrade: {
    range: (graph: RevisionGraph, current: readonly string[], target: string) =>
      upgradeRange(graph, current, target).toReversed(),
    rows: rowsOfUpgrade,
    ends: ({ parents, id }: Member) => ({ from: parents, to: [id] }),
  },
  downgrade: {
    range: downgradeRange,
    rows: rowsOfDowngrade,
    ends: ({ parents, id }: Member) => ({ from: [id], to: parents }),
  },
} as const;

function movesTo<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  direction: Direction,
  current: readonly string[],
  target: string,
): readonly RevisionMove<N>[] {
  const wording = {
    notAncestor: () => unreachable(target, direction),
    multipleHeads: (argument: string) => severalHeads(target || argument),
  };
  const { range, ends, rows } = ways[direction];
  const found = reworded(wording, () => range(graph, current, withoutAliases(graph, target)));
  let before: ReadonlySet<string> = new Set(current);
  return found.map((member) => {
    const move = moveWith(
      { kind: direction, ...ends(member) },
      before,
      rows(graph, member, before),
    );
    before = new Set(move.headsAfter);
    return { ...move, revision: graph.members.get(member.id)!.node };
  });
}

/**
 * A move with its effect on the rows of the version table.
 *
 * @throws {RevisionError} if it deletes a missing row, or inserts an existing one.
 */
export function moveWith(
  parts: Pick<VersionMove, "kind" | "from" | "to">,
  rows: ReadonlySet<string>,
  rowChanges: readonly RowChange[],
): VersionMove {
  const log = `${parts.kind} ${parts.from.join(", ")} -> ${parts.to.join(", ")}`;
  const after = changed(rows, rowChanges, log);
  return {
    ...parts,
    rowChanges,
    headsBefore: [...rows].sort(),
    headsAfter: [...after].sort(),
    log,
  };
}
