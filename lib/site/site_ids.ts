/**
 * Ids of a site's own revisions: never numbers, which are Mistral's, so that no later revision of Mistral
 * has the id of one that a database has applied.
 *
 * @module
 */
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import { unanswerable } from "../revisions/text/messages.ts";

const SITE_ID = /^site(\d+)$/;

/** The next id of a site, such as `site001`. */
export function nextSiteId({ members }: RevisionGraph): string {
  const numbers = [...members.keys()].map((id) => Number(SITE_ID.exec(id)?.[1] ?? 0));
  return `site${String(Math.max(0, ...numbers) + 1).padStart(3, "0")}`;
}

/**
 * Whether Mistral may give a revision, or a release, this name one day: it has no letter, or begins as
 * Mistral's ids do, so that one of those would be taken for its abbreviation.
 */
export function isMistrals({ aliases }: RevisionGraph, id: string): boolean {
  const plain = id.normalize("NFKC").trim();
  return !/\p{L}/u.test(plain) || /^0\d\d/.test(plain) || aliases.has(plain) ||
    ["head", "heads", "base"].includes(plain);
}

/**
 * Refuses such an id.
 *
 * @throws {RevisionError} If a site may not have it.
 */
export function refuseMistralsId(graph: RevisionGraph, id: string): void {
  if (isMistrals(graph, id)) throw unanswerable.idOfMistral(id, nextSiteId(graph));
}
