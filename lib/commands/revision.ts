import type { RemarkedOperation } from "../operations/remarks.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import type { RevisionRequest } from "../revisions/new_revision.ts";
import { RefusedError } from "../errors.ts";
import { command, type Result } from "../cli/command.ts";
import { revisionOptions } from "../cli/common_options.ts";
import { connect, type Context, findDatabase, loadGraph } from "../cli/context.ts";

/** Compares the database with the models, and says what is different. */
async function foundOperations(
  context: Context,
  graph: RevisionGraph<Revision>,
): Promise<readonly RemarkedOperation[]> {
  const [{ autogenerate, check }, { models }] = await Promise.all([
    import("../engine/autogenerate.ts"),
    import("../../migrations/models/mod.ts"),
  ]);
  await using connection = await connect(context, await findDatabase(context));
  const target = { graph, models };
  for (const difference of await check(connection, target)) {
    context.log.info(`Detected that ${difference}`);
  }
  return await autogenerate(connection, target);
}

/** Writes a revision's file and says where it is. */
export async function generate(
  { settings }: Context,
  graph: RevisionGraph<Revision>,
  request: RevisionRequest,
  upgrade: readonly RemarkedOperation[],
): Promise<Result> {
  const { newRevision } = await import("../revisions/new_revision.ts");
  const { writeRevision } = await import("../site/write.ts");
  const node = newRevision(graph, request);
  const created = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const path = await writeRevision({ ...node, created, upgrade }, settings.versionsPath);
  return { lines: [`Generating ${path} ...  done`], json: { revision: node.id, path } };
}

/** `revision`: begins a new migration. */
export default command({
  name: "revision",
  summary: "Write the file of a new revision",
  positionals: {},
  options: {
    ...revisionOptions,
    autogenerate: {
      flags: ["--autogenerate"],
      type: "flag",
      metavar: null,
      help: "fill it with what makes the database as the models say; the database must be at head",
    },
    sql: {
      flags: ["--sql"],
      type: "flag",
      metavar: null,
      help: "accepted for upstream's sake, and refused as it is there",
    },
    head: {
      flags: ["--head"],
      type: "string",
      metavar: "HEAD",
      help: "the revision that it comes after (default: head)",
    },
    splice: {
      flags: ["--splice"],
      type: "flag",
      metavar: null,
      help: "let it come after a revision that is no head, as a new branch",
    },
    dependsOn: {
      flags: ["--depends-on"],
      type: "strings",
      metavar: "REVISION",
      help: "a revision on another branch that must have run before; may be given several times",
    },
  },
  async run(context, { message = "", revId, branchLabel, autogenerate, sql, head, ...rest }) {
    if (sql) {
      throw new RefusedError(
        "Using --sql with the revision command when revision_environment is not configured does " +
          "not make any sense",
      );
    }
    const graph = await loadGraph(context);
    const request = {
      message,
      splice: rest.splice,
      ...(revId === undefined ? {} : { id: revId }),
      ...(head === undefined ? {} : { after: [head] }),
      ...(branchLabel === undefined ? {} : { labels: branchLabel }),
      ...(rest.dependsOn === undefined ? {} : { dependsOn: rest.dependsOn }),
    };
    // What cannot be written is refused before the database is asked.
    const { newRevision } = await import("../revisions/new_revision.ts");
    newRevision(graph, request);
    const upgrade = autogenerate ? await foundOperations(context, graph) : [];
    return await generate(context, graph, request, upgrade);
  },
});
