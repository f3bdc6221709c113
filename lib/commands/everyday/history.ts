import { entryLines, revisionJson } from "../shared/printed/revision_output.ts";
import { history, needsCurrent } from "../../revisions/text/history.ts";
import { lasting } from "../../text/amounts.ts";
import type { CommandFunction, Result } from "../../cli/command.ts";
import type { JournalEntry } from "../../engine/account/journal.ts";
import type * as specs from "../specs.ts";
import { type Context, loadGraph } from "../../cli/context.ts";
import { connect, findDatabase, isMissing, versionsOf } from "../../cli/database.ts";

function appliedLine(entry: JournalEntry): string {
  const { revision, action, started, seconds, systemUser, databaseUser, program } = entry;
  const time = started.replace("T", " ").replace("Z", " UTC");
  const lasted = seconds === null ? "not finished" : lasting(seconds);
  const who = databaseUser === "" ? systemUser : `${systemUser} as ${databaseUser}`;
  return `${time}  ${action} ${revision}  ${lasted}  ${who}  ${program}`;
}

/** What was applied to the database. */
async function applied(context: Context): Promise<Result> {
  // Most who ask for the history do not ask a database.
  const { readJournal } = await import("../../engine/account/journal.ts");
  const chosen = findDatabase(context);
  const isThere = !(await isMissing(chosen));
  await using database = isThere ? await connect(context, chosen) : null;
  const entries = database === null ? null : await readJournal(database);
  if (entries === null) {
    context.log.warning(
      "The database keeps no account of what was applied; set record = true in [mistral_db_manage] " +
        "to begin one",
    );
  }
  const json = (entries ?? []).map((entry) => ({ ...entry }));
  return { lines: (entries ?? []).map(appliedLine), json };
}

/** `history`: the list of revisions. */
const run: CommandFunction<typeof specs.history> = async (context, values) => {
  const { range, verbose, indicateCurrent } = values;
  if (values.applied) return await applied(context);
  const asks = indicateCurrent || needsCurrent(range ?? null);
  // The database is not opened without need: the server may be down.
  const rows = asks ? await versionsOf(context, findDatabase(context)) : [];
  const graph = await loadGraph(context);
  const entries = history(graph, { range: range ?? null, current: rows, indicateCurrent });
  const json = entries.map(({ member, current }) => ({
    ...revisionJson(member),
    ...(indicateCurrent ? { current } : {}),
  }));
  return { lines: entryLines(graph, entries, verbose), json };
};

export default run;
