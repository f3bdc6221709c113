import { command } from "../cli/command.ts";
import { verbose } from "../cli/common_options.ts";
import { findDatabase, loadGraph, versionsOf } from "../cli/context.ts";

/** `history`: the revisions that there are. */
export default command({
  name: "history",
  summary: "List the revisions, newest first",
  positionals: {},
  options: {
    range: {
      flags: ["-r", "--rev-range"],
      type: "string",
      metavar: "REV_RANGE",
      help: 'the revisions to list: [START]:[END], where "current" is that of the database',
    },
    verbose,
    indicateCurrent: {
      flags: ["-i", "--indicate-current"],
      type: "flag",
      metavar: null,
      help: "mark the revision that the database is at",
    },
  },
  async run(context, { range, verbose, indicateCurrent }) {
    const { history, needsCurrent } = await import("../revisions/history.ts");
    const asks = indicateCurrent || needsCurrent(range ?? null);
    // Without need the database is not looked at: the server may be down.
    const rows = asks ? await versionsOf(context, await findDatabase(context)) : [];
    const graph = await loadGraph(context);
    const { explained } = await import("../cli/explain.ts");
    const entries = await explained(
      { graph, versions: () => Promise.resolve(rows) },
      () => history(graph, { range: range ?? null, current: rows, indicateCurrent }),
    );
    const { entryLines, revisionJson } = await import("../cli/revision_output.ts");
    const json = entries.map(({ member, current }) => ({
      ...revisionJson(member),
      ...(indicateCurrent ? { current } : {}),
    }));
    return { lines: entryLines(graph, entries, verbose), json };
  },
});
