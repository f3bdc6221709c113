import { failure, success } from "../../../servers/finding.ts";
import type { Check } from "../../check.ts";

/** Whether an upgrade to the newest revision can be planned, and what it comes to. */
export const upgrade: Check = {
  name: "upgrade",
  title: "Upgrade to head",
  reason: "An upgrade that cannot be planned would be refused.",
  examine({ forecast }) {
    if ("refusal" in forecast) {
      return failure(forecast.refusal.message, 'Correct that; "plan" tells whether it is enough');
    }
    const { plan, explanation: { totals } } = forecast;
    if (plan.migrations.length === 0) return success("The database is up to date");
    const { migrations, statements, longestBlock, stopServices } = totals;
    const pending = migrations === 1 ? "1 migration is" : `${migrations} migrations are`;
    const stop = stopServices.length > 0
      ? `; Mistral's services must be stopped for ${stopServices.join(", ")}`
      : "; Mistral's services may run meanwhile";
    const block = longestBlock?.seconds
      ? `; ${longestBlock.table} is blocked for about ${Math.ceil(longestBlock.seconds)} s`
      : "";
    return success(`${pending} pending, with ${statements} statements${block}${stop}`);
  },
};
