/**
 * Shared by the commands that register definitions.
 *
 * @module
 */
import type { ChosenDatabase } from "../../config/database.ts";
import { notMigrated, populate, type PopulateOptions, registration } from "../../seeds/mod.ts";
import { populateReport } from "./printed/populate_report.ts";
import { type ScriptValues, writeWork } from "./script.ts";
import { changeDatabase } from "./change.ts";
import type { Result } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { findDatabase, isMissing } from "../../cli/database.ts";
import { withoutAlembic } from "../../cli/output/log.ts";

/** The database of this run; a missing file must not be created. */
async function findMigrated(context: Context): Promise<ChosenDatabase> {
  const chosen = findDatabase(context);
  if (!await isMissing(chosen)) return chosen;
  throw notMigrated();
}

/** The run, of which upstream's populate logs nothing. */
const quiet = (context: Context): Context => ({ ...context, log: withoutAlembic(context.log) });

/**
 * Registers definitions in the database of this run, and reports the changes.
 *
 * @throws {OperatorError} When it cannot be done; nothing is changed then.
 */
export async function populateDatabase(
  context: Context,
  lockTimeout: number | undefined,
  wanted: Pick<PopulateOptions, "kinds" | "seeds"> & { readonly dryRun: boolean },
): Promise<Result> {
  const result = await changeDatabase(
    quiet(context),
    lockTimeout,
    async (database, graph, options) => {
      return await populate(database, graph, { ...options, ...wanted });
    },
    { find: findMigrated },
  );
  return populateReport(result, wanted.dryRun);
}

/** Writes what would be registered in the database of this run as a script; changes nothing. */
export async function writePopulateScript(
  context: Context,
  values: ScriptValues,
  wanted: Pick<PopulateOptions, "kinds" | "seeds">,
): Promise<Result> {
  const find = findMigrated;
  return await writeWork(quiet(context), values, (graph) => registration(graph, wanted), { find });
}
