import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { UsageError } from "../../errors.ts";
import { seedsFrom } from "../../seeds/site_seeds.ts";
import { populateDatabase, writePopulateScript } from "../shared/populating.ts";

/** `populate`: registers the standard actions and workflows, or a site's own. */
const run: CommandFunction<typeof specs.populate> = async (context, values) => {
  const { from, dryRun, lockTimeout, sql } = values;
  if (sql && dryRun) {
    throw new UsageError({ failed: "argument --sql: not allowed with argument --dry-run" });
  }
  const seeds = from === undefined ? {} : { seeds: await seedsFrom(from) };
  return sql
    ? await writePopulateScript(context, values, seeds)
    : await populateDatabase(context, lockTimeout, { ...seeds, dryRun });
};

export default run;
