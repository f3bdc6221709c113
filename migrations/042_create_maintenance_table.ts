import { column, integer, string } from "../lib/operations/columns.ts";
import { createTable, execute } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/migration.ts";

/** Keeps the maintenance status of the cluster. */
export default {
  id: "042",
  down: "041",
  message: "create maintenance table",
  created: "2023-05-29T12:45:14Z",
  upgrade: [
    createTable("mistral_metrics", {
      columns: [
        column("name", string(255)),
        column("value", string(255)),
        column("id", integer, { nullable: false, default: 1 }),
      ],
      primaryKey: ["id"],
      uniques: [["name"]],
    }, { ifMissing: true }),
    // An existing status stays: a cluster may be paused for this very upgrade.
    execute(
      `INSERT INTO mistral_metrics (id, name, value)
SELECT COALESCE(MAX(id), 0) + 1, 'maintenance_status', 'RUNNING'
FROM mistral_metrics
HAVING COUNT(CASE WHEN name = 'maintenance_status' THEN 1 END) = 0`,
      {
        does: "add the maintenance status unless there is one",
        writes: "mistral_metrics",
        initial: true,
      },
    ),
  ],
} satisfies Revision;
