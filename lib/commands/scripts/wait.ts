import type { ChosenDatabase } from "../../config/database.ts";
import { tries } from "../../timing/tries.ts";
import { open } from "../../servers/connecting/connect.ts";
import type { Database } from "../../servers/database.ts";
import { currentVersions } from "../../engine/situation.ts";
import { ConnectionError, OperatorError } from "../../errors.ts";
import { appliedAt } from "../../plan/fold.ts";
import { resolve } from "../../revisions/target/find.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import type { CommandFunction } from "../../cli/command.ts";
import { type Context, loadGraph } from "../../cli/context.ts";
import { findDatabase, isMissing } from "../../cli/database.ts";
import { isNewer } from "../shared/newer.ts";
import { sessionFor } from "../../cli/session.ts";
import type * as specs from "../specs.ts";

const TIMEOUT_SECONDS = 300;

const PAUSE_MS = 1000;

/** What is waited for. */
interface Goal {
  readonly words: string;
  /** Whether a database at these revisions has reached it. */
  isReached(database: Database, versions: readonly string[]): boolean | Promise<boolean>;
}

/** What the word after `--for` means. */
function goalOf(graph: RevisionGraph<Revision>, what: string, allowNewer: boolean): Goal {
  if (what === "server") {
    return {
      words: "the server to accept connections",
      isReached: () => true,
    };
  }
  const wanted = resolve(graph, what).filter((id) => id !== null);
  return {
    words: `the database to be at ${wanted.join(", ") || "no revision"}`,
    async isReached(database, versions) {
      if (allowNewer && await isNewer(database, graph, versions)) return true;
      const applied = appliedAt(graph, versions);
      return wanted.every((id) => applied.has(id));
    },
  };
}

/** What one question came to: the revisions, and whether they will do; or what was wrong. */
type Attempt =
  | { readonly versions: readonly string[]; readonly isReached: boolean }
  | { readonly problem: OperatorError };

async function ask(
  context: Context,
  chosen: ChosenDatabase,
  goal: Goal,
): Promise<Attempt> {
  if (await isMissing(chosen)) {
    return { problem: new OperatorError({ failed: "the database file is not there yet" }) };
  }
  try {
    const { signal } = context.interrupt;
    const opened = await open(chosen.settings, { signal });
    context.seen.database = chosen;
    await using database = await sessionFor(context, opened);
    const versions = await currentVersions(database) ?? [];
    return { versions, isReached: await goal.isReached(database, versions) };
  } catch (error) {
    if (!(error instanceof ConnectionError && error.retryable)) throw error;
    return { problem: error };
  }
}

/** Asks again and again, at least once. */
async function waitFor(
  context: Context,
  chosen: ChosenDatabase,
  goal: Goal,
  seconds: number,
): Promise<readonly string[]> {
  const { log, interrupt: { signal } } = context;
  let problem: OperatorError | undefined;
  for await (const { count } of tries({ seconds, pauseMs: PAUSE_MS, signal })) {
    const answer = await ask(context, chosen, goal);
    if ("versions" in answer && answer.isReached) return answer.versions;
    problem = "problem" in answer ? answer.problem : new OperatorError({
      failed: `the database is at ${answer.versions.join(", ") || "no revision"}`,
    });
    if (count === 1 && seconds > 0) {
      log.info(`Waiting up to ${seconds} s for ${goal.words}: ${problem.message}`);
    }
  }
  throw new OperatorError({
    ...problem!,
    failed: `Timed out after ${seconds} s waiting for ${goal.words}: ${problem!.failed}`,
  });
}

/** `wait`: until the server, or the schema, is as a service needs it. */
const run: CommandFunction<typeof specs.wait> = async (context, values) => {
  const { what = "head", timeout = TIMEOUT_SECONDS, allowNewer } = values;
  const chosen = findDatabase(context);
  const graph = await loadGraph(context);
  const found = await waitFor(context, chosen, goalOf(graph, what, allowNewer), timeout);
  const where = found.join(", ") || "no revision";
  return {
    lines: [what === "server" ? "The server accepts connections" : `The database is at ${where}`],
    json: { for: what, revisions: found },
  };
};

export default run;
