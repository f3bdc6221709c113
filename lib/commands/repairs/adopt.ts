import { adopt, adoption } from "../../engine/verbs/adopt.ts";
import { unknownRows } from "../../revisions/rows/version_rows.ts";
import { inOneLine } from "../../text/printable.ts";
import { sqlComment } from "../../sql/comment.ts";
import { changeDatabase } from "../shared/change.ts";
import type { CommandFunction, Json } from "../../cli/command.ts";
import {
  differences,
  driftJson,
  repairsOf,
  sentences,
  wrongOf,
} from "../shared/printed/findings.ts";
import { writeWork } from "../shared/script.ts";
import { UsageError } from "../../errors.ts";
import { releaseNote } from "../shared/printed/revision_output.ts";
import type * as specs from "../specs.ts";

/** What is said of rows that are not replaced without being asked to. */
function unknownNotice(rows: readonly string[]): string {
  return `Unknown revision: ${
    rows.join(", ")
  }; a newer release or a site's own revision has probably ` +
    'written it, and "adopt --apply" replaces it only with --replace-unknown';
}

/** `adopt`: finds the revision of a database that has lost it, or never had it, and makes it true. */
const run: CommandFunction<typeof specs.adopt> = async (context, values) => {
  const { revision, apply, lockTimeout, replaceUnknown, sql } = values;
  const { ignore } = context.settings;
  if (sql && apply) {
    throw new UsageError({ failed: "argument --sql: not allowed with argument --apply" });
  }
  if (sql) {
    const wanted = { revision, ignore, replaceUnknown };
    return await writeWork(context, values, (graph) => adoption(graph, wanted));
  }
  const { adopted, server, release, unknown } = await changeDatabase(
    context,
    lockTimeout,
    async (database, graph, options) => {
      const wanted = { revision, dryRun: !apply, ignore, replaceUnknown };
      const adopted = await adopt(database, graph, { ...options, ...wanted });
      const release = releaseNote(graph, adopted.revision);
      const unknown = unknownRows(graph, adopted.from);
      return { adopted, server: database.server, release, unknown };
    },
  );
  const { from, revision: found, isRight, findings } = adopted;
  const count = differences(wrongOf(adopted).length);
  const json: Json = {
    ...{ from, revision: found, applied: apply && !isRight },
    ...driftJson(adopted, server),
  };
  if (isRight) return { lines: [`The database is at ${found}, and its schema is that`], json };
  if (apply) return { lines: [`Adopted as ${found}: ${count} repaired`], json };
  const statements = repairsOf(adopted, server);
  if (unknown.length > 0) context.log.warning(unknownNotice(unknown));
  context.log.info(
    `Nothing was changed: "adopt --apply" makes these changes and writes ${found} into alembic_version`,
  );
  return {
    lines: [
      ...[
        `The schema is closest to ${found} (releases: ${release}): ${count}`,
        `The row in alembic_version: ${from.join(", ") || "none"} -> ${found}`,
        ...sentences(findings),
      ].map((sentence) => sqlComment(inOneLine(sentence))),
      ...statements.flatMap((text) => ["", text]),
    ],
    json,
    isVerbatim: true,
    exitCode: 1,
  };
};

export default run;
