import { hasActionProviders } from "../../../seeds/embedded.ts";
import { actionsWithoutSpec } from "../../../seeds/rows.ts";
import { TABLES } from "../../../seeds/seed.ts";
import { failure, success } from "../../../servers/finding.ts";
import { listed } from "../../../text/listed.ts";
import { type Check, hasColumns } from "../../check.ts";

/** Whether older releases have left actions that the API of newer ones fails on. */
export const staleRows: Check = {
  name: "stale-rows",
  title: "Stale actions",
  reason: "From 2023.2 on, listing actions fails on system actions that older releases registered.",
  async examine({ database, schema, applied }) {
    if (!applied?.size || !hasColumns(schema, TABLES.action, ["spec", "is_system"])) return null;
    if (!hasActionProviders(applied)) return success("The release of this revision needs them");
    const rows = await actionsWithoutSpec(database);
    if (rows.length === 0) return success("There are none");
    return failure(
      `${rows.length} system actions of an older release are left, on which listing actions fails: ` +
        listed(rows.map(({ name }) => String(name))),
      'Run "populate", which removes them',
    );
  },
};
