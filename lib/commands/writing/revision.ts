import { writeRevision } from "../../site/write.ts";
import { newRevision } from "../../site/new_revision.ts";
import type { RemarkedOperation } from "../../operations/remarks.ts";
import { autogenerate, check } from "../../engine/drift/autogenerate.ts";
import { models } from "../../../migrations/models/mod.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import type { RevisionRequest } from "../../site/new_revision.ts";
import { RefusedError } from "../../errors.ts";
import type { CommandFunction, Result } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { type Context, loadGraph } from "../../cli/context.ts";
import { connect, findDatabase } from "../../cli/database.ts";

/** Compares the database with the models, and lists the differences. */
async function foundOperations(
  context: Context,
  graph: RevisionGraph<Revision>,
): Promise<readonly RemarkedOperation[]> {
  await using database = await connect(context, findDatabase(context));
  const target = { graph, models, ignore: context.settings.ignore };
  for (const difference of await check(database, target)) {
    context.log.info(`Detected that ${difference}`);
  }
  return await autogenerate(database, target);
}

/** Writes a revision's file and prints its path. */
export async function generate(
  { settings }: Context,
  graph: RevisionGraph<Revision>,
  request: RevisionRequest,
  upgrade: readonly RemarkedOperation[],
): Promise<Result> {
  const node = newRevision(graph, request);
  const created = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const path = await writeRevision({ ...node, created, upgrade }, settings.versionsPath);
  return { lines: [`Generating ${path} ...  done`], json: { revision: node.id, path } };
}

/** `revision`: writes the file of a new migration. */
const run: CommandFunction<typeof specs.revision> = async (
  context,
  { message = "", revId, branchLabel, autogenerate, sql, head, ...rest },
) => {
  if (sql) {
    throw new RefusedError({
      failed: "Using --sql with the revision command when revision_environment is not configured " +
        "does not make any sense",
    });
  }
  const graph = await loadGraph(context);
  const request = {
    message,
    isOwn: context.settings.versionsPath.length > 0,
    splice: rest.splice,
    ...(revId === undefined ? {} : { id: revId }),
    ...(head === undefined ? {} : { after: [head] }),
    ...(branchLabel === undefined ? {} : { labels: branchLabel }),
    ...(rest.dependsOn === undefined ? {} : { dependsOn: rest.dependsOn }),
  };
  // What cannot be written is refused before the database is opened.
  newRevision(graph, request);
  const upgrade = autogenerate ? await foundOperations(context, graph) : [];
  return await generate(context, graph, request, upgrade);
};

export default run;
