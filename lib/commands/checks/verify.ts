import { type Verification, verify, withoutRevision } from "../../engine/drift/verify.ts";
import type { CommandFunction } from "../../cli/command.ts";
import { loadGraph } from "../../cli/context.ts";
import { connect, findDatabase, isMissing, sayDialect } from "../../cli/database.ts";
import {
  differences,
  driftJson,
  repairsOf,
  sentences,
  wrongOf,
} from "../shared/printed/findings.ts";
import type { PlannedMigration } from "../../plan/plan.ts";
import { UNFINISHED_REMEDY, unfinishedInWords } from "../../plan/state/unfinished.ts";
import type * as specs from "../specs.ts";

/** Nothing is dropped that may hold rows, so that some differences have no statements. */
const remedyFor = ({ repairs }: Verification): string =>
  repairs.length > 0
    ? '"verify --fix-sql" prints the statements that repair it'
    : '"adopt" finds the closest revision';

const halfWay = (migration: PlannedMigration): string =>
  `${unfinishedInWords(migration)} and was interrupted; ${UNFINISHED_REMEDY}`;

/** `verify`: whether the schema is the one that the database's revision makes. */
const run: CommandFunction<typeof specs.verify> = async (context, { fixSql }) => {
  const graph = await loadGraph(context);
  const chosen = findDatabase(context);
  if (await isMissing(chosen)) {
    sayDialect(context, chosen);
    throw withoutRevision();
  }
  await using database = await connect(context, chosen);
  const verification = await verify(database, graph, context.settings.ignore);
  const server = database.server;
  const wrong = wrongOf(verification);
  const { revisions, findings, unfinished } = verification;
  const result = {
    json: { revisions, ...driftJson(verification, server) },
    exitCode: wrong.length > 0 || unfinished ? 1 : 0,
  };
  if (fixSql) {
    for (const sentence of sentences(wrong)) context.log.warning(sentence);
    if (unfinished) context.log.warning(halfWay(unfinished));
    const statements = repairsOf(verification, server);
    const lines = statements.flatMap((text) => [text, ""]).slice(0, -1);
    return { lines, ...result, isVerbatim: true };
  }
  const where = revisions.join(", ");
  const verdict = unfinished
    ? halfWay(unfinished)
    : wrong.length > 0
    ? `The schema does not match ${where}: ${differences(wrong.length)}; ${remedyFor(verification)}`
    : `The schema matches ${where}`;
  return { lines: [...sentences(findings), verdict], ...result };
};

export default run;
