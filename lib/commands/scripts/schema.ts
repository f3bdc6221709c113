import { USUAL_SERVER } from "../../servers/names.ts";
import type { Server } from "../../servers/server.ts";
import { UsageError } from "../../errors.ts";
import { upgradeScript } from "../../engine/script.ts";
import { changedTables, differencesInWords } from "../../pictures/differences.ts";
import { mermaid } from "../../pictures/mermaid.ts";
import { shownRevisions, type ShownTable, shownTables } from "../../pictures/model.ts";
import { page } from "../../pictures/page.ts";
import { svg } from "../../pictures/svg.ts";
import { fold, historyOf } from "../../plan/fold.ts";
import { resolveOne } from "../../revisions/target/find.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { inOneLine, jsonText } from "../../text/printable.ts";
import type { CommandFunction, Json, Result } from "../../cli/command.ts";
import { type Context, loadGraph } from "../../cli/context.ts";
import { serverOf } from "../shared/dialect.ts";
import { programVersion } from "../../cli/version.ts";
import { writeWhole } from "../../files/output_file.ts";
import type * as specs from "../specs.ts";

/** What is asked for: one revision, or two to be compared. */
interface Wanted {
  readonly graph: RevisionGraph<Revision>;
  readonly server: Server;
  readonly from: string | null;
  readonly to: string;
}

const tablesJson = (tables: readonly ShownTable[]): Json => tables as unknown as Json;

const historyTo = ({ graph }: Wanted, revision: string | null) =>
  revision === null ? [] : historyOf(graph, [revision]);

const stateAt = (wanted: Wanted, revision: string | null) =>
  fold(historyTo(wanted, revision), wanted.server.rules);

/** What changed between two revisions. */
function compared(wanted: Wanted) {
  const [from, to] = [stateAt(wanted, wanted.from), stateAt(wanted, wanted.to)];
  return { from, to, ...changedTables(shownTables(from), shownTables(to)) };
}

/** The revision in each form. */
const FORMATS: Readonly<Record<string, (wanted: Wanted) => string | Promise<string>>> = {
  sql: ({ graph, server, to }) =>
    upgradeScript(graph, to, server, { generator: programVersion, guard: false, direct: true })
      .join("").trimEnd(),
  json: asJson,
  mermaid: (wanted) => mermaid(shownTables(stateAt(wanted, wanted.to))),
  svg: (wanted) => svg(shownTables(stateAt(wanted, wanted.to))),
  async html(wanted) {
    const { graph, server, to } = wanted;
    const picture = await svg(shownTables(stateAt(wanted, to)));
    return page(shownRevisions(historyOf(graph, graph.realHeads), server), to, picture);
  },
};

/** What changed between two revisions, in each form. */
const COMPARISONS: Readonly<Record<string, (wanted: Wanted) => string | Promise<string>>> = {
  words(wanted) {
    const { from, to } = compared(wanted);
    return differencesInWords(from, to, wanted.server).map(inOneLine).join("\n");
  },
  sql: ({ graph, server, from, to }) =>
    upgradeScript(graph, `${from ?? "base"}:${to}`, server, {
      generator: programVersion,
      guard: false,
    }).join("").trimEnd(),
  json: asJson,
  mermaid: (wanted) => mermaid(compared(wanted).tables),
  svg(wanted) {
    const { tables, marks } = compared(wanted);
    return svg(tables, marks);
  },
};

function jsonOf(wanted: Wanted): Json {
  const { server, from, to } = wanted;
  const about = { dialect: server.name, revision: to };
  if (from === null) return { ...about, tables: tablesJson(shownTables(stateAt(wanted, to))) };
  const states = compared(wanted);
  const differences = differencesInWords(states.from, states.to, server);
  return { ...about, from, differences, marks: Object.fromEntries(states.marks) };
}

function asJson(wanted: Wanted): string {
  return jsonText(jsonOf(wanted), 2);
}

/** The revisions of the words: `REVISION`, or `diff FROM TO`. */
async function wantedOf(context: Context, words: readonly string[], dialect: string) {
  const isDiff = words[0] === "diff";
  const names = isDiff ? words.slice(1) : words;
  if (isDiff && names.length !== 2) {
    throw new UsageError({ failed: "diff needs two revisions or releases" });
  }
  if (!isDiff && names.length > 1) {
    throw new UsageError({ failed: 'one revision or release is shown; "diff" compares two' });
  }
  const graph = await loadGraph(context);
  const ids = (isDiff ? names : [names[0] ?? "head"]).map((name) => resolveOne(graph, name));
  const to = ids.at(-1);
  if (to === null || to === undefined) throw new UsageError({ failed: '"base" has no schema' });
  const server = await serverOf(context, dialect);
  return { graph, server, from: isDiff ? ids[0]! : null, to, isDiff };
}

/** `schema`: the schema of any revision, or what changed between two, without a database. */
const run: CommandFunction<typeof specs.schema> = async (context, values): Promise<Result> => {
  const { revisions, dialect = USUAL_SERVER, output } = values;
  const { isDiff, ...wanted } = await wantedOf(context, revisions, dialect);
  const forms = isDiff ? COMPARISONS : FORMATS;
  const { format = isDiff ? "words" : "sql" } = values;
  const form = forms[format];
  if (!form) {
    throw new UsageError({
      failed: "argument --format",
      because: `${format} is not available ${isDiff ? "with" : "without"} diff`,
      remedy: `choose ${Object.keys(forms).join(", ")}`,
    });
  }
  const json = jsonOf(wanted);
  const text = await form(wanted);
  if (output === undefined) return { lines: text === "" ? [] : [text], json, isVerbatim: true };
  await writeWhole(output, `${text}\n`);
  context.log.info(`Wrote ${output}`);
  return { lines: [], json };
};

export default run;
