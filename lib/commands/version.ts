/**
 * What `--version` says.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { loadGraph } from "./context.ts";
import { PROGRAM } from "./program.ts";

/** The version of the program, the newest revision that it knows, and what runs it. */
export async function versionLine(): Promise<string> {
  const { heads } = await loadGraph();
  return `${PROGRAM} ${project.version} (revision ${heads.join(", ")}, Deno ${Deno.version.deno})`;
}
