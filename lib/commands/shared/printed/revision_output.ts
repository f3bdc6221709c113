/**
 * Revisions as commands show them in full, and as JSON.
 *
 * @module
 */
import { longForm } from "../../../revisions/text/format.ts";
import type { RevisionGraph } from "../../../revisions/graph/graph.ts";
import type { Entry } from "../../../revisions/text/history.ts";
import type { Revision } from "../../../revisions/graph/migration.ts";
import { isRealHead, type Member } from "../../../revisions/graph/revision.ts";
import { type Release, RELEASES, releasesAt } from "../../../revisions/target/releases.ts";
import type { Json } from "../../../cli/command.ts";

/** The lines of a list: short, or each revision in full. Messages may have several. */
export function entryLines(
  graph: RevisionGraph<Revision>,
  entries: readonly Entry<Revision>[],
  verbose: boolean,
): readonly string[] {
  return verbose
    ? entries.flatMap(({ member, current }) => fullLines(graph, member, current))
    : entries.flatMap(({ line }) => line.split("\n"));
}

/** A revision in full: as Alembic prints it, and which releases use it. */
export function fullLines(
  graph: RevisionGraph<Revision>,
  member: Member<Revision>,
  current = false,
): readonly string[] {
  const { id, parents, node } = member;
  const doc = [
    node.message,
    "",
    `Revision ID: ${id}`,
    `Revises: ${parents.join(", ")}`.trimEnd(),
    `Create Date: ${node.created}`,
    `Releases: ${releaseNote(graph, id)}`,
  ];
  const path = node.origin ? { path: node.origin.path } : {};
  return longForm(member, { current, doc: doc.join("\n"), ...path });
}

const nameOf = ({ series, version }: Release) => `${series} (${version})`;

/** The releases that use a revision, or those before and after it. */
export function releaseNote(graph: RevisionGraph<Revision>, id: string): string {
  const users = releasesAt(id);
  if (users.length > 0) return users.map(nameOf).join(", ");
  const order = [...graph.members.keys()];
  const isBefore = ({ head }: Release) => order.indexOf(head) < order.indexOf(id);
  const before = RELEASES.findLast(isBefore);
  const after = RELEASES.find((release) => !isBefore(release));
  const sides = [before && `after ${nameOf(before)}`, after && `before ${nameOf(after)}`];
  return `none; ${sides.filter((side) => side !== undefined).join(", ")}`;
}

/** A revision for programs. */
export function revisionJson(member: Member<Revision>): { readonly [name: string]: Json } {
  const { id, parents, labels, node } = member;
  return {
    revision: id,
    parents,
    head: isRealHead(member),
    labels: [...labels].toSorted(),
    message: node.message,
    created: node.created,
    releases: releasesAt(id).map(({ series, version, date }) => ({ series, version, date })),
  };
}
