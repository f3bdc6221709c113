import { alterColumn, dropUnique, unique } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

const FIRST = ["workflow_input_hash", "workflow_name", "pattern", "project_id"];
const SECOND = [...FIRST, "workflow_params_hash"];
const THIRD = [...SECOND, "remaining_executions", "first_execution_time"];

/** Leaves cron triggers one unique constraint, and drops two NOT NULL that were never meant. */
export default {
  id: "014",
  down: "013",
  message: "fix_past_scripts_discrepancies",
  created: "2016-08-07T13:12:34Z",
  upgrade: [
    dropUnique("cron_triggers_v2", FIRST, { only: ["mysql", "sqlite"], ifExists: true }),
    dropUnique("cron_triggers_v2", SECOND, { only: ["mysql", "sqlite"], ifExists: true }),
    // PostgreSQL keeps the one of 003 beside its twin, to this day.
    dropUnique("cron_triggers_v2", THIRD, { only: ["mysql", "sqlite"], ifExists: true }),
    unique("cron_triggers_v2", THIRD),
    alterColumn("event_triggers_v2", "workflow_id", { nullable: true }),
    alterColumn("resource_members_v2", "project_id", { nullable: true }),
  ],
} satisfies Revision;
