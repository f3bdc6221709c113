import { changeDatabase } from "../cli/change.ts";
import { command, type Json } from "../cli/command.ts";
import { lockTimeout } from "../cli/common_options.ts";
import { refuseWithoutSql, scriptOptions, writeScript } from "../cli/script.ts";

/** `stamp`: says which revision the database is at, without changing anything else. */
export default command({
  name: "stamp",
  summary: "Write a revision into the version table without running migrations; use with care",
  positionals: {
    revision: {
      required: true,
      help:
        'a revision, "head", "base" for none, or the name of a release, such as zed or 2023.1; ' +
        "with --sql also START:REVISION",
    },
  },
  options: { ...scriptOptions, lockTimeout },
  async run(context, { revision, lockTimeout, sql, ...script }) {
    refuseWithoutSql({ sql, ...script });
    if (sql) {
      const { stampScript } = await import("../engine/script.ts");
      return await writeScript(
        context,
        script,
        (graph, dialect, options) => stampScript(graph, revision, dialect, options),
      );
    }
    const result = await changeDatabase(
      context,
      lockTimeout,
      async (connection, graph, options) => {
        const { stamp } = await import("../engine/stamp.ts");
        return await stamp(connection, graph, revision, options);
      },
    );
    return { lines: [], json: { ...result } satisfies Json };
  },
});
