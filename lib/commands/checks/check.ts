import { models } from "../../../migrations/models/mod.ts";
import { check } from "../../engine/drift/autogenerate.ts";
import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { capitalized } from "../../text/printable.ts";
import { loadGraph } from "../../cli/context.ts";
import { connect, findDatabase } from "../../cli/database.ts";

/** `check`: whether the database matches the models. */
const run: CommandFunction<typeof specs.check> = async (context) => {
  const graph = await loadGraph(context);
  await using database = await connect(context, findDatabase(context));
  const differences = await check(database, { graph, models, ignore: context.settings.ignore });
  if (differences.length === 0) {
    return { lines: ["The database matches the models"], json: { differences } };
  }
  const sentences = differences.map(capitalized);
  return { lines: sentences, json: { differences: sentences }, exitCode: 1 };
};

export default run;
