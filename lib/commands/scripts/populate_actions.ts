import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { populateDatabase } from "../shared/populating.ts";

/** `populate_actions`: `populate` without the workflows. */
const run: CommandFunction<typeof specs.populateActions> = async (
  context,
  { dryRun, lockTimeout },
) => {
  return await populateDatabase(context, lockTimeout, { kinds: ["action"], dryRun });
};

export default run;
