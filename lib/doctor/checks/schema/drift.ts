import { verifyAs } from "../../../engine/drift/verify.ts";
import { tablesOfMigration } from "../../../plan/state/unfinished.ts";
import { failure, success, warning } from "../../../servers/finding.ts";
import type { Check } from "../../check.ts";

/** Whether the schema is that of the database's revision. */
export const drift: Check = {
  name: "drift",
  title: "Schema",
  reason: "A migration expects the schema of the revision before it, and may fail on any other.",
  async examine({ database, graph, ignore, versions, schema, applied, unfinished }) {
    if (!versions?.length || applied === null) return null;
    const { findings } = await verifyAs(database, graph, {
      ...{ revisions: versions, schema, ignore },
    });
    // What is half made is another check's.
    const halfMade = unfinished ? tablesOfMigration(unfinished) : new Set<string>();
    const wrong = findings.filter(({ harmless, table }) => !harmless && !halfMade.has(table))
      .toSorted((left, right) => Number(right.fatal) - Number(left.fatal));
    if (wrong.length === 0) {
      return unfinished ? null : success("The schema matches the revision");
    }
    const [{ words, fatal }] = wrong as [typeof wrong[number]];
    const count = wrong.length - 1;
    const more = count > 0 ? `, and ${count} more difference${count === 1 ? "" : "s"}` : "";
    const details = `The schema does not match ${versions.join(", ")}: ${words}${more}`;
    const remedy =
      'Run "verify" to see all of it, and "verify --fix-sql" for the statements that repair it';
    return fatal
      ? failure(`${details}; Mistral cannot work until that is repaired`, remedy)
      : warning(details, remedy);
  },
};
