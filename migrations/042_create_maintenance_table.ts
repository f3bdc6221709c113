import { column, integer, string } from "../lib/operations/columns.ts";
import { createTable, execute } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** PostgreSQL must not look for somebody else's COUNT and "=". */
const ensure = (count = "COUNT", name = "name"): string =>
  `INSERT INTO mistral_metrics (id, name, value)
SELECT COALESCE(MAX(id), 0) + 1, 'maintenance_status', 'RUNNING'
FROM mistral_metrics
HAVING ${count}(CASE WHEN ${name} = 'maintenance_status' THEN 1 END) = 0`;

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
      {
        postgresql: ensure("pg_catalog.count", "CAST(name AS TEXT)"),
        mysql: ensure(),
        sqlite: ensure(),
      },
      {
        does: "add the maintenance status unless there is one",
        writes: "mistral_metrics",
        reads: ["mistral_metrics"],
        initial: true,
      },
    ),
  ],
} satisfies Revision;
