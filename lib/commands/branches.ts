import { command } from "../cli/command.ts";
import { verbose } from "../cli/common_options.ts";
import { loadGraph } from "../cli/context.ts";

/** `branches`: whether the history divides. */
export default command({
  name: "branches",
  aliases: ["check_migration"],
  summary: "List the revisions that several others come after; nothing when there are none",
  positionals: {},
  options: { verbose },
  async run(context, { verbose }) {
    const graph = await loadGraph(context);
    const { forks } = await import("../revisions/history.ts");
    const { fullLines, revisionJson } = await import("../cli/revision_output.ts");
    const points = forks(graph, { verbose });
    const lines = points.flatMap(({ member, line, children }) => [
      ...(verbose ? fullLines(graph, member) : [line]),
      ...children.map((child) => `    -> ${child.line}`),
    ]);
    const json = points.map(({ member, children }) => ({
      ...revisionJson(member),
      children: children.map((child) => child.member.id),
    }));
    return { lines, json };
  },
});
