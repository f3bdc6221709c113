import { fullLines, revisionJson } from "../shared/printed/revision_output.ts";
import { forks } from "../../revisions/text/history.ts";
import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { loadGraph } from "../../cli/context.ts";

/** `branches`: whether the history divides. */
const run: CommandFunction<typeof specs.branches> = async (context, { verbose }) => {
  const graph = await loadGraph(context);
  const points = forks(graph, { verbose });
  const lines = points.flatMap(({ member, line, children }) => [
    ...(verbose ? fullLines(graph, member) : line.split("\n")),
    ...children.flatMap((child) => `    -> ${child.line}`.split("\n")),
  ]);
  const json = points.map(({ member, children }) => ({
    ...revisionJson(member),
    children: children.map((child) => child.member.id),
  }));
  return { lines, json };
};

export default run;
