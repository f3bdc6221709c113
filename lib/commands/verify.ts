import { dialects } from "../dialects/mod.ts";
import { verify, withoutRevision } from "../engine/verify.ts";
import { inlined } from "../sql/literals.ts";
import type { Json, Result, Run } from "../cli/command.ts";
import {
  connect,
  type Context,
  findDatabase,
  isMissing,
  loadGraph,
  sayDialect,
  versionsOf,
} from "../cli/context.ts";
import { withHints } from "../cli/hints.ts";
import type * as specs from "./specs.ts";

const capitalized = (words: string) => words[0]!.toUpperCase() + words.slice(1);

const differences = (count: number) => `${count} difference${count === 1 ? "" : "s"}`;

async function verified(context: Context, fixSql: boolean): Promise<Result> {
  const graph = await loadGraph(context);
  const database = await findDatabase(context);
  if (await isMissing(database)) {
    sayDialect(context, database);
    throw withoutRevision();
  }
  const versions = () => versionsOf(context, database);
  await using connection = await connect(context, database);
  const { revisions, findings, repairs } = await withHints(
    { graph, versions },
    () => verify(connection, graph, context.settings.ignore),
  );
  const { literal } = dialects[connection.dialect];
  const statements = repairs.map((statement) => `${inlined(statement, literal)};`);
  const wrong = findings.filter(({ harmless }) => !harmless);
  const exitCode = wrong.length > 0 ? 1 : 0;
  const json = { revisions, findings, repairs: statements } as unknown as Json;
  if (fixSql) {
    for (const { words } of wrong) context.log.warning(capitalized(words));
    return { lines: statements.flatMap((text) => [text, ""]).slice(0, -1), json, exitCode };
  }
  const harmless = findings.filter((one) => one.harmless);
  const where = revisions.join(", ");
  return {
    lines: [
      ...wrong.map(({ words }) => capitalized(words)),
      ...harmless.map(({ words }) => `${capitalized(words)} (harmless)`),
      wrong.length > 0
        ? `The schema is not that of ${where}: ${differences(wrong.length)}; ` +
          '"verify --fix-sql" prints the statements that repair it'
        : `The schema is that of ${where}`,
    ],
    json,
    exitCode,
  };
}

/** `verify`: whether the schema is the one that the database's revision makes. */
const run: Run<typeof specs.verify> = (context, { fixSql }) => verified(context, fixSql);

export default run;
