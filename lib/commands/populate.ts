import { readSeedDirectory } from "../seeds/directory.ts";
import type { Run } from "../cli/command.ts";
import type * as specs from "./specs.ts";
import { populateDatabase } from "../cli/populating.ts";

/** `populate`: registers the standard actions and workflows, or a site's own. */
const run: Run<typeof specs.populate> = async (context, { from, dryRun, lockTimeout }) => {
  if (from === undefined) return await populateDatabase(context, lockTimeout, { dryRun });
  const seeds = await readSeedDirectory(from);
  return await populateDatabase(context, lockTimeout, { seeds, dryRun });
};

export default run;
