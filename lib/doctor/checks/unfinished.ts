import { nameOf, type PlannedMigration } from "../../plan/plan.ts";
import { type Check, type Patient, success, warning } from "../check.ts";

/** The migration that an earlier run has left half-way; undefined where there is none. */
export function unfinishedMigration({ prospect }: Patient): PlannedMigration | undefined {
  return "plan" in prospect ? prospect.plan.migrations.find(({ made }) => made > 0) : undefined;
}

/** Whether an earlier run has left a migration half-way. */
export const unfinished: Check = {
  name: "unfinished-migration",
  title: "Unfinished migration",
  reason:
    "Where the server cannot roll back DDL, a run that was killed leaves a migration half-way.",
  examine(patient) {
    if (patient.dialect.transactionalDdl) return success("Each migration is one transaction");
    const found = unfinishedMigration(patient);
    if (!found) return success("No migration was left half-way");
    const { made, steps } = found;
    return warning(
      `An earlier run has made ${made} of ${made + steps.length} steps of ${nameOf(found)}`,
      'Run "upgrade" with the same target again: it makes the rest',
    );
  },
};
