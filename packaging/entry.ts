/**
 * The module that built programs begin with: `cli.ts`, told what it was built from.
 *
 * @module
 */
import { embeddedDigest } from "../lib/commands/shared/embedded.ts";
import type { Build } from "../lib/cli/output/host.ts";
import { commit, DIST } from "./project.ts";

/** Writes the module into a directory of its own; gives its path. */
export async function writeEntry(): Promise<string> {
  await Deno.mkdir(DIST, { recursive: true });
  const directory = await Deno.makeTempDir({ dir: DIST, prefix: "build-" });
  const build: Build = { commit: await commit(), digest: await embeddedDigest() };
  const lines = [
    'import { main } from "../../cli.ts";',
    `await main({ build: ${JSON.stringify(build)} });`,
    "",
  ];
  await Deno.writeTextFile(`${directory}/entry.ts`, lines.join("\n"));
  return `${directory}/entry.ts`;
}
