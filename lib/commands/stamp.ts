import { stamp } from "../engine/stamp.ts";
import { stampScript } from "../engine/script.ts";
import { changeDatabase } from "../cli/change.ts";
import type { Json, Run } from "../cli/command.ts";
import type * as specs from "./specs.ts";
import { refuseWithoutSql, writeScript } from "../cli/script.ts";

/** `stamp`: writes the revision into the version table, and changes nothing else. */
const run: Run<typeof specs.stamp> = async (context, { revision, lockTimeout, sql, ...script }) => {
  refuseWithoutSql({ sql, ...script });
  if (sql) {
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
      return await stamp(connection, graph, revision, options);
    },
  );
  return { lines: [], json: { ...result } satisfies Json };
};

export default run;
