import { resolve } from "../../revisions/target/find.ts";
import { UsageError } from "../../errors.ts";
import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { loadGraph } from "../../cli/context.ts";
import { generate } from "./revision.ts";

/** `merge`: joins branches. */
const run: CommandFunction<typeof specs.merge> = async (
  context,
  { revisions, message = "", revId, branchLabel },
) => {
  const graph = await loadGraph(context);
  const found = resolve(graph, revisions);
  if (found.length < 2) {
    const named = found.map((id) => `"${id}"`).join(", ");
    throw new UsageError({
      failed: `there is nothing to merge but ${named}`,
      remedy: "name two revisions or more",
    });
  }
  const request = {
    message: message || `Merge ${found.join(" and ")}`,
    after: revisions,
    isOwn: context.settings.versionsPath.length > 0,
    ...(revId === undefined ? {} : { id: revId }),
    ...(branchLabel === undefined ? {} : { labels: branchLabel }),
  };
  return await generate(context, graph, request, []);
};

export default run;
