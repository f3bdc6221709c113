/**
 * How the rows of the version table change with each move. The table has one row per branch, as
 * Alembic keeps it.
 *
 * @module
 */

import type { RevisionGraph } from "../graph/graph.ts";
import { notFound, unanswerable, unresolved } from "../text/messages.ts";
import { reachable, towards } from "../graph/reachable.ts";
import { member, positions } from "../target/resolve.ts";
import type { Member } from "../graph/revision.ts";

/** One change of the version table. */
export type RowChange =
  | { readonly kind: "insert"; readonly id: string }
  | { readonly kind: "delete"; readonly id: string }
  | { readonly kind: "update"; readonly from: string; readonly to: string };

/** The rows that are no revision by their full id; a row is never an abbreviation, nor a release. */
export function unknownRows(
  { members }: RevisionGraph,
  rows: readonly string[],
): readonly string[] {
  return rows.filter((id) => !members.has(id));
}

/**
 * Makes sure that every row is a known revision.
 *
 * @throws {RevisionError} if one is not: a newer program, or a site's own revision, has written it.
 */
export function refuseUnknownRows(graph: RevisionGraph, rows: readonly string[]): void {
  const [row] = unknownRows(graph, rows);
  if (row !== undefined) throw unresolved(row, notFound.revision(row));
}

/**
 * What upgrading to a revision does to the rows: a new branch inserts, a merge deletes all but one
 * and updates that one, anything else updates.
 *
 * @throws {RevisionError} if no row is there to update.
 */
export function rowsOfUpgrade(
  graph: RevisionGraph,
  to: Member,
  rows: ReadonlySet<string>,
): readonly RowChange[] {
  const replaced = to.down.filter((id) => rows.has(id));
  if (replaced.length === 0) return [{ kind: "insert", id: to.id }];
  if (replaced.length === 1) return [{ kind: "update", from: replaced[0]!, to: to.id }];
  const kept = rows.difference(new Set(to.down));
  return merged(needed(graph, to.down, kept), to.id);
}

/**
 * What reverting a revision does to the rows: where other rows still imply everything that it came after,
 * its row goes; else it is updated, and a merge inserts a row for every further branch.
 *
 * @throws {RevisionError} if it is not clear which row is left.
 */
export function rowsOfDowngrade(
  graph: RevisionGraph,
  from: Member,
  rows: ReadonlySet<string>,
): readonly RowChange[] {
  const { id, down } = from;
  const left = rows.has(id) ? needed(graph, down, rows.difference(new Set([id]))) : [];
  if (rows.has(id) && left.length === 0) return [{ kind: "delete", id }];
  if (rows.has(id)) return unmerged(id, left);
  const target = down.length === 1 ? down : down.filter((parent) => rows.has(parent));
  if (target.length !== 1) throw unanswerable.rowUnclear(`the downgrade of ${id}`);
  return [{ kind: "update", from: id, to: target[0]! }];
}

/** The rows that become one. */
export function merged(from: readonly string[], to: string): readonly RowChange[] {
  const last = from.at(-1);
  if (last === undefined) throw unanswerable.rowUnclear(`the merge to ${to}`);
  return [
    ...from.slice(0, -1).map((id) => ({ kind: "delete", id }) as const),
    { kind: "update", from: last, to },
  ];
}

/** The rows that come out of one. */
export function unmerged(from: string, to: readonly string[]): readonly RowChange[] {
  const last = to.at(-1);
  if (last === undefined) throw unanswerable.rowUnclear(`the way back from ${from}`);
  return [
    ...to.slice(0, -1).map((id) => ({ kind: "insert", id }) as const),
    { kind: "update", from, to: last },
  ];
}

/**
 * The rows after some changes.
 *
 * @throws {RevisionError} if it deletes a missing row, or inserts an existing one.
 */
export function changed(
  rows: ReadonlySet<string>,
  changes: readonly RowChange[],
  move: string,
): ReadonlySet<string> {
  const after = new Set(rows);
  for (const change of changes) {
    const [gone, come] = ends(change);
    if (come !== undefined && after.has(come)) throw unanswerable.rowPresent(come, move);
    if (gone !== undefined && !after.delete(gone)) throw unanswerable.rowAbsent(gone, move);
    if (come !== undefined) after.add(come);
  }
  return after;
}

function ends(change: RowChange): readonly [string | undefined, string | undefined] {
  if (change.kind === "update") return [change.from, change.to];
  return change.kind === "insert" ? [undefined, change.id] : [change.id, undefined];
}

/** Those of some revisions that no other row implies. */
function needed(
  graph: RevisionGraph,
  ids: readonly string[],
  others: ReadonlySet<string>,
): readonly string[] {
  const rows = positions(graph, [...others]).map((at) => member(at, [...others].join(", ")));
  const implied = reachable<Member>(graph.names, rows, towards.down);
  return ids.filter((id) => !implied.has(graph.names.get(id)!));
}
