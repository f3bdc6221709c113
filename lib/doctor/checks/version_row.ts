import { releasesAt } from "../../revisions/target/releases.ts";
import { isMadeBy } from "../../plan/created_tables.ts";
import { failure, success, warning } from "../../servers/finding.ts";
import type { Check } from "../check.ts";

/** Whether the database says which revision it is at, and this program knows it. */
export const versionRow: Check = {
  name: "version-row",
  title: "Revision",
  reason: "The row in alembic_version tells which migrations have run.",
  examine({ versions, schema, graph }) {
    const rows = versions ?? [];
    const unknown = rows.filter((id) => !graph.members.has(id));
    const isMistrals = isMadeBy(graph, schema.tables.keys());
    if (rows.length === 0 && schema.tables.size === 0) {
      return success("The database is empty: an upgrade creates all");
    }
    if (rows.length === unknown.length && !isMistrals) {
      return failure(
        "None of the tables are Mistral's: this is another service's database",
        "Name Mistral's own database in [database] connection",
      );
    }
    if (rows.length === 0) {
      return failure(
        "The database has Mistral's tables, but no row in alembic_version tells their revision",
        'Run "adopt", which finds the revision and shows what it would change',
      );
    }
    if (unknown.length > 0) {
      return warning(
        `The database is at ${
          unknown.join(", ")
        }, which this program does not know: it is newer, or has ` +
          "migrations of a site that are not named here",
        "Use a newer program, name the site's migrations with [mistral_db_manage] versions_path, or run " +
          '"upgrade --allow-newer head", which changes nothing',
      );
    }
    const releases = rows.flatMap(releasesAt).map(({ series }) => series);
    return success(
      `The database is at ${rows.join(", ")}` +
        (releases.length > 0 ? ` (${releases.join(", ")})` : ""),
    );
  },
};
