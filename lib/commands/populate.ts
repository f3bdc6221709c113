import { command } from "./command.ts";
import { lockTimeout } from "./common_options.ts";
import { dryRun, populateDatabase } from "./populating.ts";

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
    const { readSeedDirectory } = await import("../seeds/directory.ts");
    const site = from === undefined ? {} : { seeds: await readSeedDirectory(from) };
    return await populateDatabase(context, lockTimeout, { ...site, dryRun });
  },
});
