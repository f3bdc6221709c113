/**
 * Shared by the commands that can write a script instead of changing a database.
 *
 * @module
 */
import { driverOf, drivers } from "../../servers/drivers.ts";
import type { Server } from "../../servers/server.ts";
import { script, type ScriptOptions } from "../../engine/script.ts";
import { type Verb, work } from "../../engine/work.ts";
import { OperatorError } from "../../errors.ts";
import type { PlanOptions } from "../../plan/plan.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import type { Result } from "../../cli/command.ts";
import { type Context, loadGraph } from "../../cli/context.ts";
import { findDialect, sayDialect } from "../../cli/database.ts";
import { eventLogger } from "../../cli/output/events.ts";
import { changeDatabase, type ChangeOptions } from "./change.ts";
import { programVersion } from "../../cli/version.ts";
import { alternatives } from "../../text/listed.ts";
import { writeWhole } from "../../files/output_file.ts";

/** The options of a script. */
export interface ScriptValues {
  readonly output: string | undefined;
  readonly noGuard: boolean;
  readonly progress?: boolean;
}

/** Makes the pieces of a script. */
type Make = (
  graph: RevisionGraph<Revision>,
  server: Server,
  options: ScriptOptions,
) => readonly string[];

/**
 * The dialect of the configured database, which is not opened.
 *
 * @throws {OperatorError} When none is configured: scripts differ from database to database.
 */
async function chosenDialect(context: Context): Promise<Server> {
  if (context.settings.origins.connection === null) {
    throw new OperatorError({
      failed: "Cannot write a script",
      because: "no database is configured, and scripts differ from database to database",
      remedy: `name one, as in ${
        alternatives([...drivers.keys()].map((name) => `--connection ${name}://`))
      }`,
    });
  }
  const chosen = findDialect(context);
  sayDialect(context, chosen, ["Generating static SQL"]);
  return await driverOf(chosen.settings).load();
}

/**
 * Writes a script to standard output, or to a file.
 *
 * @throws {OperatorError} When no database is configured, the file cannot be written, and what
 * making the script throws.
 */
export async function writeScript(
  context: Context,
  { output, noGuard, progress = false, plan = {} }: ScriptValues & { readonly plan?: PlanOptions },
  make: Make,
): Promise<Result> {
  const graph = await loadGraph(context);
  const server = await chosenDialect(context);
  const onEvent = eventLogger(context.log, { terminal: false });
  const options = { generator: programVersion, guard: !noGuard, progress, ...plan, onEvent };
  const pieces = make(graph, server, options);
  return await written(pieces, server, output);
}

/** Puts a script where it is wanted. */
async function written(
  pieces: readonly string[],
  server: Server,
  output: string | undefined,
): Promise<Result> {
  const script = pieces.join("").trimEnd();
  const json = { dialect: server.name, output: output ?? null };
  if (output === undefined) return { lines: [script], json: { ...json, script }, isVerbatim: true };
  await writeWhole(output, `${script}\n`);
  return { lines: [], json };
}

/**
 * Writes what would be done to the database of this run as a script. The database is read, and not
 * changed.
 *
 * @throws {OperatorError} When the database cannot be read, the file cannot be written, and what planning
 * throws.
 */
export async function writeWork<Answers>(
  context: Context,
  { output, noGuard }: ScriptValues,
  verb: (graph: RevisionGraph<Revision>) => Verb<Answers>,
  options: ChangeOptions = {},
): Promise<Result> {
  const { pieces, server } = await changeDatabase(
    context,
    undefined,
    async (database, graph, { author }) => {
      const { server } = database;
      const { plan } = await work(database, verb(graph), { author, dryRun: true });
      const pieces = plan.migrations.length === 0
        ? []
        : script(plan, server, { generator: programVersion, guard: !noGuard });
      return { pieces, server };
    },
    options,
  );
  return await written(pieces, server, output);
}
