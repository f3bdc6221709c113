import { UNFINISHED_REMEDY, unfinishedInWords } from "../../../plan/state/unfinished.ts";
import { capitalized } from "../../../text/printable.ts";
import { success, warning } from "../../../servers/finding.ts";
import type { Check } from "../../check.ts";

/** Whether an earlier run has left a migration half-way. */
export const unfinished: Check = {
  name: "unfinished-migration",
  title: "Unfinished migration",
  reason: "If the server cannot roll back DDL, a killed run leaves a migration unfinished.",
  examine({ server, unfinished }) {
    if (unfinished) return warning(unfinishedInWords(unfinished), capitalized(UNFINISHED_REMEDY));
    if (server.spelling.transactionalDdl) return success("Each migration is one transaction");
    return success("No migration is unfinished");
  },
};
