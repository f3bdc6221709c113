import { releasesAt } from "../../../revisions/target/releases.ts";
import { standingOf, troubleWith } from "../../../plan/state/standing.ts";
import { capitalized } from "../../../text/printable.ts";
import { failure, success, warning } from "../../../servers/finding.ts";
import type { Check } from "../../check.ts";

/** Whether the database says which revision it is at, and this program knows it. */
export const versionRow: Check = {
  name: "version-row",
  title: "Revision",
  reason: "The row in alembic_version tells which migrations have run.",
  examine({ versions, schema, graph }) {
    const rows = versions ?? [];
    const standing = standingOf(graph, rows, schema.tables.keys());
    if (standing === "empty") return success("The database is empty: an upgrade creates all");
    if (standing === "known") {
      const releases = rows.flatMap(releasesAt).map(({ series }) => series);
      const named = releases.length > 0 ? ` (${releases.join(", ")})` : "";
      return success(`The database is at ${rows.join(", ")}${named}`);
    }
    const { because, remedy } = troubleWith(standing, graph, rows);
    return (standing === "newer" ? warning : failure)(because, capitalized(remedy));
  },
};
