import { raw } from "../../../sql/statement.ts";
import { success, warning } from "../../finding.ts";
import type { Check } from "../../health.ts";

const COLLATIONS = raw(`SELECT c.table_name AS table_name, c.collation_name AS collation,
  COUNT(*) AS count
FROM information_schema.columns c
WHERE c.table_schema = DATABASE() AND c.collation_name IS NOT NULL
GROUP BY c.table_name, c.collation_name`);

/** Whether all texts are compared in the same way. */
export const collations: Check = {
  name: "collations",
  title: "Collations",
  reason: "MySQL and MariaDB refuse foreign keys and joins between texts of different collations.",
  async examine({ database, schema }) {
    if (schema.tables.size === 0) return null;
    // JSON columns of MariaDB are of utf8mb4_bin whatever the rest is.
    const rows = (await database.query(COLLATIONS))
      .filter((row) => schema.tables.has(String(row.table_name)))
      .filter((row) => !String(row.collation).endsWith("_bin"));
    const byCollation = Map.groupBy(rows, (row) => String(row.collation));
    const used = [...byCollation].toSorted(([, left], [, right]) => right.length - left.length);
    const [row] = await database.query(raw("SELECT @@collation_database AS collation"));
    const standard = String(row!.collation);
    if (used.length > 1) {
      const [[, few]] = used.slice(-1) as [[string, typeof rows]];
      return warning(
        `Texts have ${
          used.map(([name]) => name).join(" and ")
        }: comparing them can fail (error 1267)`,
        `Give the columns of ${[...new Set(few.map((row) => row.table_name))].join(", ")} the ` +
          `collation ${used[0]![0]}, column by column with ALTER TABLE … MODIFY`,
      );
    }
    const only = used[0]?.[0] ?? standard;
    return success(
      only === standard
        ? `All texts have ${only}, the database's own`
        : `All texts have ${only}; new tables get the same, though the database's own is ${standard} now`,
    );
  },
};
