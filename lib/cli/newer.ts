/**
 * Databases that are ahead of this program: after a rollback of the software, the schema stays where the
 * newer release has brought it.
 *
 * @module
 */
import type { RevisionGraph } from "../revisions/graph.ts";
import type { OptionSpec } from "./command.ts";

/** Whether such a database will do. */
export const allowNewer = {
  flags: ["--allow-newer"],
  type: "flag",
  metavar: null,
  help:
    "succeed, and change nothing, where the database is at a revision that only a newer program " +
    "knows, as after a rollback of the software",
} as const satisfies OptionSpec;

/** Whether a database is at revisions of which this program knows none. */
export function isNewer({ members }: RevisionGraph, versions: readonly string[]): boolean {
  return versions.length > 0 && versions.every((id) => !members.has(id));
}

/** What is said of such a database. */
export function newerNotice({ members }: RevisionGraph, versions: readonly string[]): string {
  return `The database is at ${versions.join(", ")}, which is newer than what this program knows ` +
    `(up to ${[...members.keys()].at(-1)}); it is left as it is`;
}
