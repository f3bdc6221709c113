import { verifyAs } from "../../engine/drift/verify.ts";
import { type Check, success, warning } from "../check.ts";
import { unfinishedMigration } from "./unfinished.ts";

/** Whether the schema is that of the database's revision. */
export const drift: Check = {
  name: "drift",
  title: "Schema",
  reason:
    "A migration is written for the schema of the revision before it, and may fail on another.",
  async examine(patient) {
    const { connection, graph, ignore, versions, applied } = patient;
    if (!versions?.length || applied === null || unfinishedMigration(patient)) return null;
    const { findings } = await verifyAs(connection, graph, versions, ignore);
    const wrong = findings.filter(({ harmless }) => !harmless);
    if (wrong.length === 0) return success("The schema is that of the revision");
    const more = wrong.length > 1 ? `, and ${wrong.length - 1} more differences` : "";
    return warning(
      `The schema is not that of ${versions.join(", ")}: ${wrong[0]!.words}${more}`,
      'Run "verify" to see all of it, and "verify --fix-sql" for the statements that repair it',
    );
  },
};
