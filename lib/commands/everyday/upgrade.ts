import { currentVersions } from "../../engine/situation.ts";
import { upgrade } from "../../engine/verbs/upgrade.ts";
import { upgradeScript } from "../../engine/script.ts";
import { OperatorError, UsageError } from "../../errors.ts";
import type { CommandFunction, Json } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { changeDatabase } from "../shared/change.ts";
import { isDirect } from "../shared/creation.ts";
import { isNewer, newerNotice } from "../shared/newer.ts";
import { showPlan } from "../shared/planning.ts";
import { writeScript } from "../shared/script.ts";

/** `upgrade`: brings the database to a newer revision. */
const run: CommandFunction<typeof specs.upgrade> = async (context, values) => {
  const { revision, delta, lockTimeout, singleTransaction, dryRun, report, sql } = values;
  const target = delta ? `+${delta}` : revision;
  if (!target) {
    throw new OperatorError({ failed: "You must provide a revision or relative delta" });
  }
  if (report !== undefined && (sql || dryRun)) {
    throw new UsageError({
      failed: "argument --report",
      because: "only where the database is changed",
    });
  }
  if (dryRun) return await showPlan(context, { ...values, target, dialect: undefined });
  const plan = { singleTransaction, direct: isDirect(values, sql) };
  if (sql) {
    return await writeScript(
      context,
      { ...values, plan },
      (graph, server, options) => upgradeScript(graph, target, server, options),
    );
  }
  const pace = {
    ddlLockTimeoutSeconds: values.ddlLockTimeout,
    batchRows: values.batchRows,
    batchPauseSeconds: values.batchPause,
  };
  const result = await changeDatabase(
    context,
    lockTimeout,
    async (database, graph, options) => {
      const versions = values.allowNewer ? await currentVersions(database) ?? [] : [];
      if (await isNewer(database, graph, versions)) {
        context.log.warning(newerNotice(graph, versions));
        return { from: versions, to: versions, applied: [] };
      }
      if (singleTransaction && !database.server.spelling.transactionalDdl) {
        context.log.warning(
          "--single-transaction has no effect: MySQL and MariaDB commit each change of a table at once",
        );
      }
      return await upgrade(database, graph, target, { ...options, ...plan, ...pace });
    },
    { report },
  );
  return { lines: [], json: { ...result } satisfies Json };
};

export default run;
