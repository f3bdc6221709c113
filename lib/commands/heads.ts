import { command } from "../cli/command.ts";
import { verbose } from "../cli/common_options.ts";
import { loadGraph } from "../cli/context.ts";

/** `heads`: what `upgrade head` leads to. */
export default command({
  name: "heads",
  summary: "Show the newest revision",
  positionals: {},
  options: { verbose },
  async run(context, { verbose }) {
    const graph = await loadGraph(context);
    const { headEntries } = await import("../revisions/history.ts");
    const { entryLines, revisionJson } = await import("../cli/revision_output.ts");
    const entries = headEntries(graph);
    const json = entries.map(({ member }) => revisionJson(member));
    return { lines: entryLines(graph, entries, verbose), json };
  },
});
