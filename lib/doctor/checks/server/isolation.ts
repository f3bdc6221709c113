import { failure, type Finding, success, warning } from "../../../servers/finding.ts";
import type { Isolation } from "../../../servers/health.ts";
import type { Check } from "../../check.ts";

function judge({ level, isReadCommitted, remedy, obstacle }: Isolation): Finding {
  if (!isReadCommitted) {
    return warning(
      `The default is ${level}, but Mistral needs READ COMMITTED: otherwise 22.0.0, and 2025.1 and ` +
        "2025.2 as first released, leave workflows in RUNNING",
      // In the other order the server would refuse all that Mistral writes.
      obstacle ? `First: ${obstacle.remedy}. Then: ${remedy}` : remedy,
    );
  }
  if (!obstacle) return success(`The default is ${level}`);
  return failure(
    `The default is ${level}, and ${obstacle.why}`,
    `${obstacle.remedy}, and restart Mistral's services`,
  );
}

/**
 * Whether Mistral works with the isolation that the server gives it: Mistral's change 58c9d2b1, with the
 * release note "fix-read-committed-isolation".
 */
export const isolation: Check = {
  name: "isolation",
  title: "Transaction isolation",
  reason: "Mistral needs READ COMMITTED, and some releases take the server's default.",
  examine: ({ isolation }) => isolation && judge(isolation),
};
