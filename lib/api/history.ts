/**
 * The history that the library works with.
 *
 * @module
 */
import { migrations } from "../../migrations/mod.ts";
import { type RevisionGraph, revisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { RELEASE_ALIASES } from "../revisions/target/releases.ts";
import { readSiteRevisions as readRevisions } from "../site/read.ts";

/** The graph of a history; the names of releases stand for revisions. */
export const historyGraph = (
  revisions: readonly Revision[] = migrations,
): RevisionGraph<Revision> => revisionGraph(revisions, { aliases: RELEASE_ALIASES });

/**
 * Reads a site's own migrations from directories, in order of their names. A migration is code, which
 * this runs: its file and the path to it must belong to root or this user, and nobody else may write there.
 *
 * @throws {OperatorError} When a file cannot be read, others may change it, it is no migration, or its
 * id is taken; names the file.
 */
export function readSiteRevisions(...directories: readonly string[]): Promise<readonly Revision[]> {
  return readRevisions(directories, migrations.map(({ id }) => id));
}
