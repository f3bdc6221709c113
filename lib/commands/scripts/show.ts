import { fullLines, revisionJson } from "../shared/printed/revision_output.ts";
import { resolve } from "../../revisions/target/find.ts";
import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { loadGraph } from "../../cli/context.ts";

/** `show`: one revision in full. */
const run: CommandFunction<typeof specs.show> = async (context, { revision }) => {
  const graph = await loadGraph(context);
  const ids = resolve(graph, revision);
  const found = ids.flatMap((id) => graph.members.get(id ?? "") ?? []);
  const json = found.map((member) => revisionJson(member));
  return { lines: found.flatMap((member) => fullLines(graph, member)), json };
};

export default run;
