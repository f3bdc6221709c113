import { ENGINE_TABLES } from "../../servers/own_tables.ts";
import { tableNames } from "../../servers/tables.ts";
import type { Database } from "../../servers/database.ts";
import { stamp } from "../../engine/stamp.ts";
import { stampScript } from "../../engine/script.ts";
import { currentVersions } from "../../engine/situation.ts";
import { verifyAs } from "../../engine/drift/verify.ts";
import { OperatorError } from "../../errors.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { stampMoves } from "../../revisions/rows/stamp.ts";
import { changeDatabase } from "../shared/change.ts";
import type { Json, Run } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { differences, wrongOf } from "../shared/findings.ts";
import type * as specs from "../specs.ts";
import { refuseWithoutSql, writeScript } from "../shared/script.ts";

/** Compares the schema with that of the revision that is to be written down; refuses, or only says so. */
async function compare(
  { settings, log }: Context,
  database: Database,
  graph: RevisionGraph<Revision>,
  target: string,
  refuse: boolean,
): Promise<void> {
  const rows = await currentVersions(database) ?? [];
  const to = stampMoves(graph, rows, target).at(-1)?.headsAfter ?? rows;
  if (to.length === 0) return;
  // Whoever stamps an empty database wants it so.
  const isEmpty = (await tableNames(database)).every((name) => ENGINE_TABLES.includes(name));
  if (isEmpty && !refuse) return;
  const wrong = wrongOf(await verifyAs(database, graph, to, settings.ignore)).length;
  if (wrong === 0) return;
  const failed = `The schema does not match ${to.join(", ")}`;
  const because = differences(wrong);
  if (!refuse) return log.warning(`${failed}: ${because}; "verify" shows them`);
  throw new OperatorError({
    failed,
    because: `${because}; nothing was changed`,
    remedy: '"adopt" shows them',
  });
}

/** `stamp`: writes the revision into the version table, and changes nothing else. */
const run: Run<typeof specs.stamp> = async (context, values) => {
  const { revision, lockTimeout, sql, verify, ...script } = values;
  refuseWithoutSql({ sql, ...script });
  if (sql) {
    return await writeScript(
      context,
      script,
      (graph, server, options) => stampScript(graph, revision, server, options),
    );
  }
  const result = await changeDatabase(
    context,
    lockTimeout,
    async (database, graph, options) => {
      await compare(context, database, graph, revision, verify);
      return await stamp(database, graph, revision, options);
    },
  );
  return { lines: [], json: { ...result } satisfies Json };
};

export default run;
