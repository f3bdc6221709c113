/**
 * Explanations for refusals in upstream's words.
 *
 * @module
 */
import { ExplainedError, type Failure } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import { RELEASES } from "../revisions/target/releases.ts";
import { RevisionError } from "../revisions/graph/revision_error.ts";

/** What explains an unknown revision. */
export interface Circumstances {
  readonly graph: RevisionGraph;
  /** Reads the rows of the version table. */
  readonly versions: () => Promise<readonly string[]>;
}

type Explanation = Pick<Failure, "because" | "remedy">;

/**
 * Runs an action; if a revision is unknown, explains where it occurs and
 * what to do.
 *
 * @throws What the action throws, with the explanation as its cause.
 */
export async function withHints<T>(
  { graph, versions }: Circumstances,
  action: () => T | Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof RevisionError) || error.type !== "ResolutionError") throw error;
    const [name] = error.subject;
    const rows = await versions();
    const more = rows.includes(name) ? newerDatabase(graph, name) : await misspelled(name);
    if (more === null) throw error;
    throw new ExplainedError({ failed: error.message, ...more });
  }
}

function newerDatabase(graph: RevisionGraph, row: string): Explanation {
  const ids = [...graph.members.keys()];
  return {
    because: `The database is at revision "${row}", and this program knows ${ids[0]} to ${
      ids.at(-1)
    }: a newer release of Mistral, or of this program, has probably upgraded it; nothing was changed`,
    remedy:
      "continue with that release, or restore the database from before it; a revision of your " +
      'own needs --versions-path DIR; "doctor" tells whether it is the database of another service',
  };
}

/** What a revision can be called besides its id. */
const WORDS = ["head", "heads", "base"];

/** Loaded only here, since it is needed only after a mistake. */
async function misspelled(name: string): Promise<Explanation | null> {
  const { closest } = await import("../text/closest.ts");
  const names = RELEASES.map(({ series }) => series).filter((series) => /^[a-z]+$/.test(series));
  const found = closest(name.toLowerCase(), [...WORDS, ...names]);
  if (found === undefined) return null;
  const meant = WORDS.includes(found) ? `"${found}"` : `the release "${found}"`;
  return { remedy: `Did you mean ${meant}?` };
}
