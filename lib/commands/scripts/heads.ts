import { entryLines, revisionJson } from "../shared/printed/revision_output.ts";
import { headEntries } from "../../revisions/text/history.ts";
import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { loadGraph } from "../../cli/context.ts";

/** `heads`: what `upgrade head` leads to. */
const run: CommandFunction<typeof specs.heads> = async (context, { verbose }) => {
  const graph = await loadGraph(context);
  const entries = headEntries(graph);
  const json = entries.map(({ member }) => revisionJson(member));
  return { lines: entryLines(graph, entries, verbose), json };
};

export default run;
