/**
 * Upgrades and downgrades as ordered steps.
 *
 * @module
 */

import { withoutAliases } from "./aliases.ts";
import type { RevisionGraph } from "./graph.ts";
import { refused, severalHeads, unanswerable, unreachable } from "./messages.ts";
import { downgradeRange, upgradeRange } from "./range.ts";
import { single } from "./resolve.ts";
import type { Member, RevisionNode } from "./revision.ts";
import { reworded } from "./revision_error.ts";
import { changed, type RowChange, rowsOfDowngrade, rowsOfUpgrade } from "./version_rows.ts";

/** One step, and what it does to the rows of the version table. */
export interface VersionStep {
  /** What is done, in the word that Alembic logs. */
  readonly kind: "upgrade" | "downgrade" | "stamp_revision";
  /** Ids that it goes from, without dependencies. */
  readonly from: readonly string[];
  /** Ids that it goes to, without dependencies. */
  readonly to: readonly string[];
  /** The changes of the version table, in order. */
  readonly rowChanges: readonly RowChange[];
  /** The rows of the version table before the step, sorted. */
  readonly headsBefore: readonly string[];
  /** The rows of the version table after the step, sorted. */
  readonly headsAfter: readonly string[];
  /** What Alembic logs after `Running `, without the message: `upgrade 001 -> 002`. */
  readonly log: string;
}

/** A step that runs a revision. */
export interface RevisionStep<N extends RevisionNode = RevisionNode> extends VersionStep {
  /** The revision that is applied or taken back. */
  readonly revision: N;
}

/** Steps without a database, and the rows of the version table that they start from. */
export interface OfflinePlan<N extends RevisionNode = RevisionNode> {
  /** None for an empty database. */
  readonly start: readonly string[];
  /** In the order to run them. */
  readonly steps: readonly RevisionStep<N>[];
}

type Kind = "upgrade" | "downgrade";

/**
 * The steps from the current rows of the version table up to a target.
 *
 * @throws {RevisionError} if the target cannot be resolved or reached.
 */
export function upgradeSteps<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  current: readonly string[],
  target: string,
): readonly RevisionStep<N>[] {
  if (target.includes(":")) throw refused.rangeOnline();
  return stepsTo(graph, "upgrade", current, target);
}

/**
 * The steps from the current rows of the version table down to a target.
 *
 * @throws {RevisionError} if the target cannot be resolved or reached.
 */
export function downgradeSteps<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  current: readonly string[],
  target: string,
): readonly RevisionStep<N>[] {
  if (target.includes(":")) throw refused.rangeOnline();
  return stepsTo(graph, "downgrade", current, target);
}

/**
 * The steps of `END` or `START:END` up, without a database.
 *
 * @throws {RevisionError} if the range cannot be resolved.
 */
export function offlineUpgrade<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  range: string,
): OfflinePlan<N> {
  return offline(graph, "upgrade", range.includes(":") ? range : `base:${range}`);
}

/**
 * The steps of `START:END` down, without a database.
 *
 * @throws {RevisionError} if it is not a range, or the range cannot be resolved.
 */
export function offlineDowngrade<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  range: string,
): OfflinePlan<N> {
  if (!range.includes(":")) throw refused.rangeNeeded();
  return offline(graph, "downgrade", range);
}

function offline<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  kind: Kind,
  range: string,
): OfflinePlan<N> {
  const [begin = "", end = "", ...more] = range.split(":");
  if (more.length > 0) throw unanswerable.tooManyColons(range);
  const start = startingRows(graph, withoutAliases(graph, begin));
  return { start, steps: stepsTo(graph, kind, start, end) };
}

function startingRows(graph: RevisionGraph, begin: string): readonly string[] {
  if (begin === "base") return [];
  const revision = single(graph, begin);
  if (revision === null) throw unanswerable.noRevision(begin);
  return [revision.id];
}

/** What distinguishes the two ways to go. */
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

function stepsTo<N extends RevisionNode>(
  graph: RevisionGraph<N>,
  kind: Kind,
  current: readonly string[],
  target: string,
): readonly RevisionStep<N>[] {
  const wording = {
    notAncestor: () => unreachable(target, kind),
    multipleHeads: (argument: string) => severalHeads(target || argument),
  };
  const { range, ends, rows } = ways[kind];
  const found = reworded(wording, () => range(graph, current, withoutAliases(graph, target)));
  let before: ReadonlySet<string> = new Set(current);
  return found.map((member) => {
    const step = stepWith({ kind, ...ends(member) }, before, rows(graph, member, before));
    before = new Set(step.headsAfter);
    return { ...step, revision: graph.members.get(member.id)!.node };
  });
}

/**
 * A step with its effect on the rows of the version table.
 *
 * @throws {RevisionError} if a row is to go that is not there, or to come that is.
 */
export function stepWith(
  move: Pick<VersionStep, "kind" | "from" | "to">,
  rows: ReadonlySet<string>,
  rowChanges: readonly RowChange[],
): VersionStep {
  const log = `${move.kind} ${move.from.join(", ")} -> ${move.to.join(", ")}`;
  const after = changed(rows, rowChanges, log);
  return { ...move, rowChanges, headsBefore: [...rows].sort(), headsAfter: [...after].sort(), log };
}
