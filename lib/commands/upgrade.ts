import { OperatorError, UsageError } from "../errors.ts";
import { command, type Json } from "../cli/command.ts";
import { changeDatabase } from "../cli/change.ts";
import { lockTimeout, singleTransaction } from "../cli/common_options.ts";
import { showPlan } from "../cli/planning.ts";
import { refuseWithoutSql, scriptOptions, writeScript } from "../cli/script.ts";

/** `upgrade`: brings the database forward. */
export default command({
  name: "upgrade",
  summary: "Bring the database to a newer revision",
  positionals: {
    revision: {
      required: false,
      help:
        'where to: a revision, "head", +N for N revisions further, REVISION+N, or the name of a ' +
        "release, such as zed or 2023.1; with --sql also START:END",
    },
  },
  options: {
    delta: {
      flags: ["--delta"],
      type: "integer",
      metavar: "DELTA",
      help: "the number of revisions to go further, in place of a revision",
    },
    ...scriptOptions,
    lockTimeout,
    singleTransaction,
    dryRun: {
      flags: ["--dry-run"],
      type: "flag",
      metavar: null,
      help: "change nothing; show what would be done, as plan does",
    },
    report: {
      flags: ["--report"],
      type: "string",
      metavar: "FILE",
      help: "write down what was done, as JSON, also when the upgrade fails",
    },
  },
  async run(context, values) {
    const { revision, delta, lockTimeout, singleTransaction, dryRun, report, sql, ...script } =
      values;
    const target = delta ? `+${delta}` : revision;
    if (!target) throw new OperatorError("You must provide a revision or relative delta");
    refuseWithoutSql({ sql, ...script });
    if (report !== undefined && (sql || dryRun)) {
      throw new UsageError("argument --report: only where the database is changed");
    }
    if (dryRun) return await showPlan(context, { target, sql, singleTransaction });
    if (sql) {
      const { upgradeScript } = await import("../engine/script.ts");
      return await writeScript(
        context,
        { ...script, singleTransaction },
        (graph, dialect, options) => upgradeScript(graph, target, dialect, options),
      );
    }
    const result = await changeDatabase(
      context,
      lockTimeout,
      async (connection, graph, options) => {
        if (singleTransaction && connection.dialect === "mysql") {
          context.log.warning(
            "--single-transaction has no effect: MySQL and MariaDB commit each change of a table at once",
          );
        }
        const { upgrade } = await import("../engine/upgrade.ts");
        return await upgrade(connection, graph, target, { ...options, singleTransaction });
      },
      { report },
    );
    return { lines: [], json: { ...result } satisfies Json };
  },
});
