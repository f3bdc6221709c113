import { dialects } from "../dialects/mod.ts";
import { adopt } from "../engine/drift/adopt.ts";
import { changeDatabase } from "../cli/change.ts";
import type { Json, Run } from "../cli/command.ts";
import { differences, driftJson, repairsOf, sentences, wrongOf } from "../cli/findings.ts";
import { releaseNote } from "../cli/revision_output.ts";
import type * as specs from "./specs/mod.ts";

/** `adopt`: finds the revision of a database that has lost it, or never had it, and makes it true. */
const run: Run<typeof specs.adopt> = async (context, { revision, apply, lockTimeout }) => {
  const { ignore } = context.settings;
  const { adoption, dialect, release } = await changeDatabase(
    context,
    lockTimeout,
    async (connection, graph, options) => {
      const adoption = await adopt(connection, graph, { ...options, revision, apply, ignore });
      const release = releaseNote(graph, adoption.revision);
      return { adoption, dialect: dialects[connection.dialect], release };
    },
  );
  const { from, revision: found, isRight, findings } = adoption;
  const count = differences(wrongOf(adoption).length);
  const json: Json = {
    ...{ from, revision: found, applied: apply && !isRight },
    ...driftJson(adoption, dialect),
  };
  if (isRight) return { lines: [`The database is at ${found}, and its schema is that`], json };
  if (apply) return { lines: [`Adopted as ${found}: ${count} repaired`], json };
  const statements = repairsOf(adoption, dialect);
  context.log.info(
    `Nothing was changed: "adopt --apply" makes these changes and writes ${found} into alembic_version`,
  );
  return {
    lines: [
      `-- The schema is nearest to ${found} (releases: ${release}): ${count}`,
      ...sentences(findings).map((sentence) => `-- ${sentence}`),
      ...statements.flatMap((text) => ["", text]),
    ],
    json,
    exitCode: 1,
  };
};

export default run;
