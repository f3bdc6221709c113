/**
 * The output of `--version`.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { loadEmbeddedGraph } from "./context.ts";
import { RELEASES, releasesAt } from "../revisions/target/releases.ts";
import type { Host } from "./output/host.ts";
import { PROGRAM } from "./program.ts";

/** The program and its version. */
export const programVersion = `${PROGRAM} ${project.version}`;

/** The newest release that has a revision as its newest, or that comes before it. */
function releaseOf(head: string): string {
  const release = releasesAt(head).at(-1);
  return release ? `release ${release.series}` : `after release ${RELEASES.at(-1)!.series}`;
}

/** The version of the program, the newest revision that it knows, and what runs it. */
export async function versionLine({ build }: Pick<Host, "build">): Promise<string> {
  const { heads } = await loadEmbeddedGraph();
  const details = [
    `revision ${heads.join(", ")}`,
    releaseOf(heads.at(-1)!),
    `Deno ${Deno.version.deno}`,
    build ? `commit ${build.commit ?? "unknown"}` : "from a checkout",
  ];
  return `${programVersion} (${details.join(", ")})`;
}
