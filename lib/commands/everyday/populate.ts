import type { Run } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { populateDatabase } from "../shared/populating.ts";

/** `populate`: registers the standard actions and workflows, or a site's own. */
const run: Run<typeof specs.populate> = async (context, { from, dryRun, lockTimeout }) => {
  if (from === undefined) return await populateDatabase(context, lockTimeout, { dryRun });
  // The reader of Mistral's language takes longer to load than all the rest of the program.
  const { readSeedDirectory } = await import("../../seeds/directory.ts");
  const seeds = await readSeedDirectory(from);
  return await populateDatabase(context, lockTimeout, { seeds, dryRun });
};

export default run;
