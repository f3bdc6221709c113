import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { UsageError } from "../../errors.ts";
import type { Seed } from "../../seeds/mod.ts";
import { populateDatabase, writePopulateScript } from "../shared/populating.ts";

/** The reader of Mistral's language takes longer to load than all the rest of the program. */
async function seedsFrom(directory: string): Promise<readonly Seed[]> {
  const { readSeedDirectory } = await import("../../seeds/directory.ts");
  return await readSeedDirectory(directory);
}

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
