import { command } from "../cli/command.ts";
import { lockTimeout } from "../cli/common_options.ts";
import { dryRun, populateDatabase } from "../cli/populating.ts";

/** `populate_actions`: as `populate`, without the workflows. */
export default command({
  name: "populate_actions",
  summary: "Register the standard actions alone, as the release of the database's revision has " +
    "them; OpenStack's own actions (nova.* and so on) are made by the engine",
  positionals: {},
  options: { dryRun, lockTimeout },
  async run(context, { dryRun, lockTimeout }) {
    return await populateDatabase(context, lockTimeout, { kinds: ["action"], dryRun });
  },
});
