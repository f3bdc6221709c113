import { command } from "../cli/command.ts";
import { loadGraph } from "../cli/context.ts";

/** `show`: one revision in full. */
export default command({
  name: "show",
  summary: "Show a revision in full, with the releases that use it",
  positionals: {
    revision: {
      required: true,
      help: 'a revision, "head", or the name of a release, such as zed or 2023.1',
    },
  },
  options: {},
  async run(context, { revision }) {
    const graph = await loadGraph(context);
    const { resolve } = await import("../revisions/find.ts");
    const { explained } = await import("../cli/explain.ts");
    const ids = await explained(
      { graph, versions: () => Promise.resolve([]) },
      () => resolve(graph, revision),
    );
    const { fullLines, revisionJson } = await import("../cli/revision_output.ts");
    const found = ids.flatMap((id) => graph.members.get(id ?? "") ?? []);
    const json = found.map((member) => revisionJson(member));
    return { lines: found.flatMap((member) => fullLines(graph, member)), json };
  },
});
