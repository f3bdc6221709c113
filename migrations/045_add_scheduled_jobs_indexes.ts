import { index } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Indexes what the scheduler looks its jobs up by. */
export default {
  id: "045",
  down: "044",
  message: "Add indexes to scheduled_jobs_v2.",
  created: "2026-07-10T00:00:00Z",
  upgrade: [
    index("scheduled_jobs_v2_execute_at_captured_at", "scheduled_jobs_v2", [
      "execute_at",
      "captured_at",
    ]),
    index("scheduled_jobs_v2_key", "scheduled_jobs_v2", ["key"]),
  ],
} satisfies Revision;
