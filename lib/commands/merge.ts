import { UsageError } from "../errors.ts";
import { command } from "../cli/command.ts";
import { revisionOptions } from "../cli/common_options.ts";
import { loadGraph } from "../cli/context.ts";
import { generate } from "./revision.ts";

/** `merge`: brings branches together again. */
export default command({
  name: "merge",
  summary: "Write the file of a revision that comes after several others",
  positionals: {
    revisions: {
      required: true,
      several: true,
      help: 'the revisions to merge, or "heads" for all heads',
    },
  },
  options: revisionOptions,
  async run(context, { revisions, message = "", revId, branchLabel }) {
    const graph = await loadGraph(context);
    const { resolve } = await import("../revisions/find.ts");
    const found = resolve(graph, revisions);
    if (found.length < 2) {
      const named = found.map((id) => `"${id}"`).join(", ");
      throw new UsageError(`there is nothing to merge but ${named}; name two revisions or more`);
    }
    const request = {
      message: message || `Merge ${found.join(" and ")}`,
      after: revisions,
      ...(revId === undefined ? {} : { id: revId }),
      ...(branchLabel === undefined ? {} : { labels: branchLabel }),
    };
    return await generate(context, graph, request, []);
  },
});
