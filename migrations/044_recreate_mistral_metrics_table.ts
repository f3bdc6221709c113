import { column, datetime, integer, string } from "../lib/operations/columns.ts";
import { createTable, dropTable, execute } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

// Mistral keeps times in UTC and whole seconds.
const NOW_POSTGRESQL = "date_trunc('second', CURRENT_TIMESTAMP AT TIME ZONE 'UTC')";
const NOW_MYSQL = "UTC_TIMESTAMP()";
const NOW_SQLITE = "CURRENT_TIMESTAMP";

const restore = (now: string): string =>
  `INSERT INTO mistral_metrics (created_at, updated_at, id, name, value)
SELECT ${now}, ${now}, id, name, value
FROM mistral_metrics_before_044
WHERE name IS NOT NULL AND value IS NOT NULL AND id NOT IN (SELECT id FROM mistral_metrics)`;

/** PostgreSQL must not look for somebody else's COUNT and "=". */
const ensure = (now: string, count = "COUNT", name = "name"): string =>
  `INSERT INTO mistral_metrics (created_at, updated_at, id, name, value)
SELECT ${now}, ${now}, COALESCE(MAX(id), 0) + 1, 'maintenance_status', 'RUNNING'
FROM mistral_metrics
HAVING ${count}(CASE WHEN ${name} = 'maintenance_status' THEN 1 END) = 0`;

/** Gives metrics time stamps and numbers of their own. */
export default {
  id: "044",
  down: "043",
  message: "recreate mistral metrics table",
  created: "2024-03-22T12:02:23Z",
  upgrade: [
    // The rows wait in a table of their own, not a temporary one, so that a crash loses none.
    createTable("mistral_metrics_before_044", {
      columns: [
        column("id", integer, { nullable: false }),
        column("name", string(255)),
        column("value", string(255)),
      ],
      primaryKey: ["id"],
    }),
    execute(
      `INSERT INTO mistral_metrics_before_044 (id, name, value)
SELECT id, name, value
FROM mistral_metrics
WHERE id NOT IN (SELECT id FROM mistral_metrics_before_044)`,
      {
        does: "copy the rows of mistral_metrics",
        writes: "mistral_metrics_before_044",
        reads: ["mistral_metrics"],
      },
    ),
    dropTable("mistral_metrics"),
    createTable("mistral_metrics", {
      columns: [
        column("created_at", datetime),
        column("updated_at", datetime),
        column("id", integer, { nullable: false, autoincrement: true }),
        column("name", string(255), { nullable: false }),
        column("value", string(255), { nullable: false }),
      ],
      primaryKey: ["id"],
      uniques: [["name"]],
    }),
    execute({
      postgresql: restore(NOW_POSTGRESQL),
      mysql: restore(NOW_MYSQL),
      sqlite: restore(NOW_SQLITE),
    }, {
      does: "restore the rows",
      writes: "mistral_metrics",
      reads: ["mistral_metrics_before_044"],
    }),
    execute({
      postgresql: ensure(NOW_POSTGRESQL, "pg_catalog.count", "CAST(name AS TEXT)"),
      mysql: ensure(NOW_MYSQL),
      sqlite: ensure(NOW_SQLITE),
    }, {
      does: "add the maintenance status unless there is one",
      writes: "mistral_metrics",
      reads: ["mistral_metrics"],
      initial: true,
    }),
    // Rows with a number of their own do not move the sequence.
    execute(
      `SELECT pg_catalog.setval('mistral_metrics_id_seq', MAX(id))
FROM mistral_metrics`,
      { only: "postgresql", does: "move the sequence behind the rows", initial: true },
    ),
    dropTable("mistral_metrics_before_044"),
  ],
} satisfies Revision;
