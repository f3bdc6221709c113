/**
 * What `--version` says.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { loadEmbeddedGraph } from "./context.ts";
import { PROGRAM } from "./program.ts";

/** The program and its version. */
export const programVersion = `${PROGRAM} ${project.version}`;

/** The version of the program, the newest revision that it knows, and what runs it. */
export async function versionLine(): Promise<string> {
  const { heads } = await loadEmbeddedGraph();
  return `${programVersion} (revision ${heads.join(", ")}, Deno ${Deno.version.deno})`;
}
