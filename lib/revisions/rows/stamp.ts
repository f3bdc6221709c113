/**
 * Stamps: changes of the version table alone.
 *
 * @module
 */

import { withoutAliases } from "../graph/aliases.ts";
import type { RevisionGraph } from "../graph/graph.ts";
import { severalStampHeads, unanswerable } from "../text/messages.ts";
import { reachable, towards } from "../graph/reachable.ts";
import { member, onLine, type Position, positions } from "../target/resolve.ts";
import type { Member } from "../graph/revision.ts";
import { reworded } from "../graph/revision_error.ts";
import { moveWith, type VersionMove } from "./moves.ts";
import { merged, type RowChange } from "./version_rows.ts";

/** A stamp before its effect on the rows is known. */
interface Stamp {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly up: boolean;
}

/**
 * The stamps that stamp one or several targets. Rows of branches that a target is not on stay.
 *
 * @param target what to stamp; null stands for `base`.
 * @throws {RevisionError} if a target or a row cannot be resolved, or the target lies between rows.
 */
export function stampMoves(
  graph: RevisionGraph,
  current: readonly string[],
  target: string | readonly string[] | null,
): readonly VersionMove[] {
  const targets = (typeof target === "string" ? [target] : target ?? [])
    .map((name) => withoutAliases(graph, name));
  const stamps = plan(graph, current, targets.length > 0 ? targets : ["base"]);
  let rows: ReadonlySet<string> = new Set(current);
  return stamps.map(({ from, to, up }) => {
    const changes = rowChanges({ from, to, up }, rows);
    const move = moveWith({ kind: "stamp_revision", from, to }, rows, changes);
    rows = new Set(move.headsAfter);
    return move;
  });
}

function plan(
  graph: RevisionGraph,
  current: readonly string[],
  targets: readonly string[],
): readonly Stamp[] {
  const rows = positions(graph, current);
  const concerned = reworded({ multipleHeads: severalStampHeads }, () => {
    const lines = targets.filter((target) => target !== "")
      .map((target) => onLine(graph, rows, target, { dependencies: true }));
    return [...new Set(lines.flat())];
  });
  const found = positions(graph, targets);
  return (found.length > 0 ? found : [null]).flatMap((to) => moveTo(graph, concerned, to));
}

function moveTo(graph: RevisionGraph, rows: readonly Member[], to: Position): readonly Stamp[] {
  const from = rows.map(({ id }) => id);
  if (to === null) return from.map((id) => ({ from: [id], to: [], up: false }));
  const target = member(to, "base");
  if (rows.includes(target)) return [];
  const after = reachable(graph.names, [target], towards.dependents);
  const before = reachable(graph.names, [target], towards.down);
  const down = rows.some((row) => after.has(row));
  const up = rows.some((row) => before.has(row));
  if (down && up) throw unanswerable.stampBetween(target.id);
  return [{ from: down || up ? from : [], to: [target.id], up: !down }];
}

function rowChanges({ from, to, up }: Stamp, rows: ReadonlySet<string>): readonly RowChange[] {
  const [target] = to;
  if (target === undefined) return from.map((id) => ({ kind: "delete", id }));
  const known = from.length > 0 && from.every((id) => rows.has(id));
  if (up && !known && !rows.has(target)) return [{ kind: "insert", id: target }];
  return merged(from, target);
}
