/**
 * The embedded data: migrations and seeds.
 *
 * @module
 */
import { migrations } from "../../../migrations/mod.ts";
import { appliedAt } from "../../plan/fold.ts";
import { RELEASES } from "../../revisions/target/releases.ts";
import { embeddedSeeds } from "../../seeds/embedded.ts";
import { loadEmbeddedGraph } from "../../cli/context.ts";

/** The SHA-256 digest, in hexadecimal digits, of all migrations and of the seeds of all releases. */
export async function embeddedDigest(): Promise<string> {
  const graph = await loadEmbeddedGraph();
  const seeds = RELEASES.map(({ head }) => embeddedSeeds(appliedAt(graph, [head])));
  const bytes = new TextEncoder().encode(JSON.stringify({ migrations, seeds }));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
