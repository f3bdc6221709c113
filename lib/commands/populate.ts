import { command } from "../cli/command.ts";
import { lockTimeout } from "../cli/common_options.ts";
import { dryRun, populateDatabase } from "../cli/populating.ts";

/** `populate`: registers the standard actions and workflows, or a site's own. */
export default command({
  name: "populate",
  summary: "Register the standard actions and workflows, as the release of the database's " +
    "revision has them; OpenStack's own actions (nova.* and so on) are made by the engine",
  positionals: {},
  options: {
    from: {
      flags: ["--from"],
      type: "string",
      metavar: "DIR",
      help: "register the actions and workflows of the YAML files in this directory instead",
    },
    dryRun,
    lockTimeout,
  },
  async run(context, { from, dryRun, lockTimeout }) {
    if (from === undefined) return await populateDatabase(context, lockTimeout, { dryRun });
    const { readSeedDirectory } = await import("../seeds/directory.ts");
    const seeds = await readSeedDirectory(from);
    return await populateDatabase(context, lockTimeout, { seeds, dryRun });
  },
});
