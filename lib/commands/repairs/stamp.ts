import { stamp } from "../../engine/verbs/stamp.ts";
import { stampScript } from "../../engine/script.ts";
import { changeDatabase } from "../shared/change.ts";
import type { CommandFunction, Json } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { writeScript } from "../shared/script.ts";

/** `stamp`: writes the revision into the version table, and changes nothing else. */
const run: CommandFunction<typeof specs.stamp> = async (context, values) => {
  const { revision, lockTimeout, sql, verify, ...script } = values;
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
      const { ignore } = context.settings;
      const compared = { verify: verify ? "refuse" : "warn", ignore } as const;
      return await stamp(database, graph, revision, { ...options, ...compared });
    },
  );
  return { lines: [], json: { ...result } satisfies Json };
};

export default run;
