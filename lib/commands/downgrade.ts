import { changeDatabase } from "../cli/change.ts";
import { command, type Json } from "../cli/command.ts";
import { lockTimeout } from "../cli/common_options.ts";

/** `downgrade`: takes the database back. */
export default command({
  name: "downgrade",
  summary: "Take the database back to an older revision, as far as migrations say how",
  positionals: {
    revision: {
      required: true,
      help: 'where to: a revision, -N for N revisions back, or "base"',
    },
  },
  options: { lockTimeout },
  async run(context, { revision, lockTimeout }) {
    const result = await changeDatabase(
      context,
      lockTimeout,
      async (connection, graph, options) => {
        const { downgrade } = await import("../engine/downgrade.ts");
        return await downgrade(connection, graph, revision, options);
      },
    );
    return { lines: [], json: { ...result } satisfies Json };
  },
});
