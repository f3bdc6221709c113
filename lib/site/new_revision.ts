/**
 * The name and the place of a new revision.
 *
 * @module
 */
import { resolve } from "../revisions/target/find.ts";
import { type RevisionGraph, revisionGraph } from "../revisions/graph/graph.ts";
import { refused, unanswerable } from "../revisions/text/messages.ts";
import { isHead, type RevisionNode } from "../revisions/graph/revision.ts";
import { nextSiteId, refuseMistralsId } from "./site_ids.ts";

/** What the author of a new revision gives. */
export interface RevisionRequest {
  readonly message: string;
  /** Its id; the next number unless given, or the next name of a site. */
  readonly id?: string;
  /** Whether it is a site's own, and none of Mistral's. */
  readonly isOwn?: boolean;
  /** What it comes after: names of revisions; the head unless given, several for a merge. */
  readonly after?: readonly string[];
  /** Whether it may come after a revision that is not a head. */
  readonly splice?: boolean;
  readonly labels?: readonly string[];
  readonly dependsOn?: readonly string[];
}

/** The number after all existing ones. */
function nextId({ members }: RevisionGraph): string {
  const numbers = [...members.keys()].filter((id) => /^\d+$/.test(id)).map(Number);
  return String(Math.max(0, ...numbers) + 1).padStart(3, "0");
}

function parentsOf(graph: RevisionGraph, { after, splice }: RevisionRequest): readonly string[] {
  if (after === undefined && graph.heads.length > 1) throw refused.headNeeded();
  const found = after === undefined ? graph.heads : resolve(graph, after);
  const parents = found.filter((id): id is string => id !== null && id !== "base");
  if (new Set(parents).size < parents.length) throw refused.duplicateHeads();
  const inner = parents.find((id) => !isHead(graph.members.get(id)!));
  if (inner !== undefined && !splice) throw refused.notHead(inner);
  return parents;
}

/**
 * The place of a new revision among the existing ones.
 *
 * @throws {RevisionError} if what it should come after is not found or is no head, its id or a label
 * is taken, or a dependency is missing.
 */
export function newRevision(graph: RevisionGraph, request: RevisionRequest): RevisionNode {
  const { message, isOwn = false, labels = [], dependsOn = [] } = request;
  const { id = isOwn ? nextSiteId(graph) : nextId(graph) } = request;
  if (graph.members.has(id)) throw unanswerable.idTaken(id);
  if (isOwn) refuseMistralsId(graph, id);
  const parents = parentsOf(graph, request);
  const node: RevisionNode = {
    id,
    down: parents.length > 1 ? parents : parents[0] ?? null,
    message,
    ...(labels.length > 0 ? { labels } : {}),
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
  };
  revisionGraph([...[...graph.members.values()].map((member) => member.node), node]);
  return node;
}

/** The longest file name, without number and extension. */
const LONGEST_SLUG = 40;

/** The name of a revision's file: its id and the words of its message. */
export function fileName({ id, message }: Pick<RevisionNode, "id" | "message">): string {
  const slug = (message.match(/[\p{L}\p{N}_]+/gu) ?? []).join("_").toLowerCase();
  const cut = [...slug].slice(0, LONGEST_SLUG).join("");
  const short = cut === slug ? slug : `${cut.replace(/_[^_]*$/, "")}_`;
  return `${id.replaceAll(/[^\p{L}\p{N}._]/gu, "_")}_${short}.ts`;
}
