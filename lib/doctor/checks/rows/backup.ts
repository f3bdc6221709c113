import { success } from "../../../servers/finding.ts";
import type { Check } from "../../check.ts";

/** The backup command; an existing backup cannot be detected. */
export const backup: Check = {
  name: "backup",
  title: "Backup",
  reason: "Some migrations drop columns and tables; only a backup brings their rows back.",
  examine({ health, forecast, schema }) {
    const isPending = "plan" in forecast && forecast.plan.migrations.length > 0;
    if (!isPending || schema.tables.size === 0) return null;
    return success(`Make one before the upgrade: ${health.backup}`);
  },
};
