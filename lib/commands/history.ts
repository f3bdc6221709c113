import { entryLines, revisionJson } from "../cli/revision_output.ts";
import { withHints } from "../cli/hints.ts";
import { history, needsCurrent } from "../revisions/history.ts";
import type { Run } from "../cli/command.ts";
import type * as specs from "./specs.ts";
import { findDatabase, loadGraph, versionsOf } from "../cli/context.ts";

/** `history`: the list of revisions. */
const run: Run<typeof specs.history> = async (context, { range, verbose, indicateCurrent }) => {
  const asks = indicateCurrent || needsCurrent(range ?? null);
  // The database is not opened without need: the server may be down.
  const rows = asks ? await versionsOf(context, await findDatabase(context)) : [];
  const graph = await loadGraph(context);
  const entries = await withHints(
    { graph, versions: () => Promise.resolve(rows) },
    () => history(graph, { range: range ?? null, current: rows, indicateCurrent }),
  );
  const json = entries.map(({ member, current }) => ({
    ...revisionJson(member),
    ...(indicateCurrent ? { current } : {}),
  }));
  return { lines: entryLines(graph, entries, verbose), json };
};

export default run;
