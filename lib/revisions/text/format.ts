/**
 * Revisions as text, in the forms that Alembic's commands print.
 *
 * @module
 */

import {
  isBranchPoint,
  isHead,
  isMergePoint,
  isRealHead,
  type Member,
  type RevisionNode,
} from "../graph/revision.ts";

/** What a line contains besides the id; by default only head marks. */
export interface LineOptions {
  /** The parents, with the dependencies as written: `044 -> 045`. */
  readonly parents?: boolean;
  /** The labels of its branches, sorted. */
  readonly labels?: boolean;
  /** Whether it is a fork or a merge; on by default. */
  readonly forks?: boolean;
  /** The message. */
  readonly doc?: boolean;
  /** Whether the database is at it. */
  readonly current?: boolean;
}

/** What the long form contains besides the graph's facts. */
export interface LongFormOptions {
  /** Whether the database is at it. */
  readonly current?: boolean;
  /** The file of the revision, if there is one. */
  readonly path?: string;
  /** The description, in place of the message. */
  readonly doc?: string;
}

/**
 * A revision in one line, as `current`, `heads`, `branches` and `history` print it; unwrapped:
 * `044 -> 045 (head), Add indexes`.
 */
export function line(member: Member, options: LineOptions = {}): string {
  const { node, id, labels } = member;
  const dependsOn = node.dependsOn?.length ? ` (${node.dependsOn.join(", ")})` : "";
  const real = isRealHead(member);
  return [
    options.parents ? `${parents(member)}${dependsOn} -> ${id}` : id,
    options.labels && labels.size > 0 ? ` (${[...labels].sort().join(", ")})` : "",
    mark("head", real),
    mark("effective head", isHead(member) && !real),
    mark("current", options.current ?? false),
    options.forks === false ? "" : forks(member),
    options.doc ? `, ${node.message}` : "",
  ].join("");
}

/** A revision in one line that leaves out labels and dependencies, for warnings. */
export function summary(member: Member): string {
  const { id, node } = member;
  const marks = mark("head", isHead(member)) + forks(member);
  return `${parents(member)} -> ${id}${marks}, ${node.message}`;
}

/**
 * A revision in full, as `show` and the `--verbose` forms print it. The lines end with an empty one,
 * which keeps entries apart.
 */
export function longForm<N extends RevisionNode>(
  member: Member<N>,
  { current = false, path, doc = member.node.message }: LongFormOptions = {},
): readonly string[] {
  const { node, id, labels, children } = member;
  const fields: readonly (readonly [string, readonly string[]])[] = [
    ["Also depends on", node.dependsOn ?? []],
    ["Branches into", isBranchPoint(member) ? [...children] : []],
    ["Branch names", [...labels].sort()],
    ["Path", path === undefined ? [] : [path]],
  ];
  return [
    `Rev: ${id}${mark("head", isHead(member))}${forks(member)}${mark("current", current)}`,
    `${isMergePoint(member) ? "Merges" : "Parent"}: ${parents(member)}`,
    ...fields.filter(([, values]) => values.length > 0)
      .map(([name, values]) => `${name}: ${values.join(", ")}`),
    "",
    ...doc.split("\n").map((text) => `    ${text}`),
    "",
  ];
}

/** The ids that a revision comes after, or `<base>`. */
function parents(member: Member): string {
  return member.parents.join(", ") || "<base>";
}

function forks(member: Member): string {
  return mark("branchpoint", isBranchPoint(member)) + mark("mergepoint", isMergePoint(member));
}

function mark(name: string, holds: boolean): string {
  return holds ? ` (${name})` : "";
}
