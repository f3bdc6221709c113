import { command, type Json } from "../cli/command.ts";
import { verbose } from "../cli/common_options.ts";
import { findDatabase, loadGraph, versionsOf } from "../cli/context.ts";

/** `current`: where the database stands. */
export default command({
  name: "current",
  summary: "Show the revision that the database is at",
  positionals: {},
  options: { verbose },
  async run(context, { verbose }) {
    const database = await findDatabase(context);
    const [graph, rows] = await Promise.all([loadGraph(context), versionsOf(context, database)]);
    const { currentEntries } = await import("../revisions/history.ts");
    const { explained } = await import("../cli/explain.ts");
    const versions = () => Promise.resolve(rows);
    const entries = await explained({ graph, versions }, () => currentEntries(graph, rows));
    const { entryLines, revisionJson } = await import("../cli/revision_output.ts");
    const { describe } = await import("../drivers/connection_settings.ts");
    const where = describe(database.settings);
    const json: Json = {
      database: where,
      revisions: entries.map(({ member }) => revisionJson(member)),
    };
    const title = verbose ? [`Current revision(s) for ${where}:`] : [];
    return { lines: [...title, ...entryLines(graph, entries, verbose)], json };
  },
});
