/**
 * Explanations for refusals in upstream's words. Loaded only after a mistake.
 *
 * @module
 */
import type { ChosenDatabase } from "../config/database.ts";
import { currentVersions } from "../engine/situation.ts";
import { ExplainedError, type Failure } from "../errors.ts";
import { standingOf, troubleWith } from "../plan/state/standing.ts";
import { RevisionError } from "../revisions/graph/revision_error.ts";
import { RELEASES } from "../revisions/target/releases.ts";
import { open } from "../servers/connecting/connect.ts";
import { driverOf } from "../servers/drivers.ts";
import { tableNames } from "../servers/reading/table_names.ts";
import { closest } from "../text/closest.ts";
import type { Seen } from "./context.ts";

type Explanation = Pick<Failure, "because" | "remedy">;

/** An error; if a revision is unknown, with an explanation of where it occurs and what to do. */
export async function explained(error: unknown, { graph, database }: Seen): Promise<unknown> {
  if (graph === null || !(error instanceof RevisionError) || error.type !== "ResolutionError") {
    return error;
  }
  const [name] = error.subject;
  const more = await unknownRow(name, graph, database) ?? misspelled(name);
  return more === null ? error : new ExplainedError({ failed: error.message, ...more });
}

/** Explains a name that is a row of the database; null if it is none, or the database does not answer. */
async function unknownRow(
  name: string,
  graph: NonNullable<Seen["graph"]>,
  chosen: ChosenDatabase | null,
): Promise<Explanation | null> {
  if (chosen === null) return null;
  try {
    await using database = await open(driverOf(chosen.settings).forReading(chosen.settings));
    const rows = await currentVersions(database) ?? [];
    const standing = standingOf(graph, rows, await tableNames(database));
    if (!rows.includes(name) || (standing !== "foreign" && standing !== "newer")) return null;
    const { because, remedy } = troubleWith(standing, graph, rows);
    return { because: `${because}; nothing was changed`, remedy };
  } catch {
    return null;
  }
}

/** What a revision can be called besides its id. */
const WORDS = ["head", "heads", "base"];

function misspelled(name: string): Explanation | null {
  const names = RELEASES.map(({ series }) => series).filter((series) => /^[a-z]+$/.test(series));
  const found = closest(name.toLowerCase(), [...WORDS, ...names]);
  if (found === undefined) return null;
  const meant = WORDS.includes(found) ? `"${found}"` : `the release "${found}"`;
  return { remedy: `Did you mean ${meant}?` };
}
