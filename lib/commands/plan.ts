import { command } from "../cli/command.ts";
import { singleTransaction } from "../cli/common_options.ts";
import { showPlan } from "../cli/planning.ts";

/** `plan`: shows what an upgrade would do. */
export default command({
  name: "plan",
  summary: "Show what an upgrade would do: statements, locks, how long they last",
  positionals: {
    revision: {
      required: false,
      help: "where to, as for upgrade (default: head); START:END plans without a database",
    },
  },
  options: {
    dialect: {
      flags: ["--dialect"],
      type: "string",
      metavar: "DIALECT",
      help: "plan without a database, for postgresql, mysql or sqlite",
    },
    sql: {
      flags: ["--sql"],
      type: "flag",
      metavar: null,
      help: "show the statements instead, as a script",
    },
    singleTransaction,
  },
  run: (context, { revision = "head", ...request }) =>
    showPlan(context, { target: revision, ...request }),
});
