import { upgrade } from "../engine/upgrade.ts";
import { upgradeScript } from "../engine/script.ts";
import { OperatorError, UsageError } from "../errors.ts";
import type { Json, Run } from "../cli/command.ts";
import type * as specs from "./specs.ts";
import { changeDatabase } from "../cli/change.ts";
import { showPlan } from "../cli/planning.ts";
import { isDirect } from "../cli/creation.ts";
import { refuseWithoutSql, writeScript } from "../cli/script.ts";

/** `upgrade`: brings the database to a newer revision. */
const run: Run<typeof specs.upgrade> = async (context, values) => {
  const { revision, delta, lockTimeout, dryRun, report, sql, output, noGuard, ...creation } =
    values;
  const { singleTransaction } = creation;
  const target = delta ? `+${delta}` : revision;
  if (!target) throw new OperatorError("You must provide a revision or relative delta");
  refuseWithoutSql({ sql, output, noGuard });
  if (report !== undefined && (sql || dryRun)) {
    throw new UsageError("argument --report: only where the database is changed");
  }
  if (dryRun) return await showPlan(context, { target, sql, ...creation });
  const options = { singleTransaction, direct: isDirect(creation, sql) };
  if (sql) {
    return await writeScript(
      context,
      { output, noGuard, options },
      (graph, dialect, options) => upgradeScript(graph, target, dialect, options),
    );
  }
  const result = await changeDatabase(
    context,
    lockTimeout,
    async (connection, graph, engine) => {
      if (singleTransaction && connection.dialect === "mysql") {
        context.log.warning(
          "--single-transaction has no effect: MySQL and MariaDB commit each change of a table at once",
        );
      }
      return await upgrade(connection, graph, target, { ...engine, ...options });
    },
    { report },
  );
  return { lines: [], json: { ...result } satisfies Json };
};

export default run;
