import { downgrade } from "../../engine/verbs/downgrade.ts";
import { changeDatabase } from "../shared/change.ts";
import type { CommandFunction, Json } from "../../cli/command.ts";
import type * as specs from "../specs.ts";

/** `downgrade`: takes the database back to an older revision. */
const run: CommandFunction<typeof specs.downgrade> = async (context, { revision, lockTimeout }) => {
  const result = await changeDatabase(
    context,
    lockTimeout,
    async (database, graph, options) => {
      return await downgrade(database, graph, revision, options);
    },
  );
  return { lines: [], json: { ...result } satisfies Json };
};

export default run;
