import { describe } from "../../servers/connecting/url/connection_settings.ts";
import { entryLines, releaseNote, revisionJson } from "../shared/printed/revision_output.ts";
import { currentEntries } from "../../revisions/text/history.ts";
import type { CommandFunction, Json } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { loadGraph } from "../../cli/context.ts";
import { findDatabase, versionsOf } from "../../cli/database.ts";

/** `current`: the revision of the database. */
const run: CommandFunction<typeof specs.current> = async (context, { verbose, release }) => {
  const chosen = findDatabase(context);
  const [graph, rows] = await Promise.all([loadGraph(context), versionsOf(context, chosen)]);
  const entries = currentEntries(graph, rows);
  const where = describe(chosen.settings);
  const json: Json = {
    database: where,
    revisions: entries.map(({ member }) => revisionJson(member)),
  };
  if (release) {
    return { lines: entries.map(({ member }) => releaseNote(graph, member.id)), json };
  }
  const title = verbose ? [`Current revision(s) for ${where}:`] : [];
  return { lines: [...title, ...entryLines(graph, entries, verbose)], json };
};

export default run;
