import { command } from "../cli/command.ts";
import { connect, findDatabase, loadGraph } from "../cli/context.ts";

/** `check`: whether the database is as the models say. */
export default command({
  name: "check",
  summary: "Compare the database with the models; exit code 1 when they differ",
  positionals: {},
  options: {},
  async run(context) {
    const [graph, { check }, { models }] = await Promise.all([
      loadGraph(context),
      import("../engine/autogenerate.ts"),
      import("../../migrations/models/mod.ts"),
    ]);
    await using connection = await connect(context, await findDatabase(context));
    const differences = await check(connection, { graph, models });
    if (differences.length === 0) {
      return { lines: ["The database agrees with the models"], json: { differences } };
    }
    const sentences = differences.map((one) => one[0]!.toUpperCase() + one.slice(1));
    return { lines: sentences, json: { differences: sentences }, exitCode: 1 };
  },
});
