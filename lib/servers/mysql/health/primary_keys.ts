import { raw } from "../../../sql/statement.ts";
import { listed } from "../../../text/listed.ts";
import { success, warning } from "../../finding.ts";
import type { Check } from "../../health.ts";

/** Tables that clusters and strict servers do not take. */
const ODD_TABLES = raw(`SELECT t.table_name AS name, t.engine AS engine
FROM information_schema.tables t
LEFT JOIN information_schema.table_constraints k ON k.table_schema = t.table_schema
  AND k.table_name = t.table_name AND k.constraint_type = 'PRIMARY KEY'
WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE'
  AND (k.constraint_name IS NULL OR t.engine <> 'InnoDB')
ORDER BY t.table_name`);

const STRICTNESS = raw(`SHOW GLOBAL VARIABLES
WHERE Variable_name IN ('sql_require_primary_key', 'innodb_force_primary_key') AND Value = 'ON'`);

/** Whether all tables have a primary key and can be replicated. */
export const primaryKeys: Check = {
  name: "primary-keys",
  title: "Primary keys",
  reason: "Galera and group replication need InnoDB and a primary key for every table.",
  async examine({ database, facts: { cluster } }) {
    const rows = await database.query(ODD_TABLES);
    if (rows.length === 0) return success("All tables use InnoDB and have a primary key");
    const names = rows.map(({ name, engine }) =>
      engine === "InnoDB" ? String(name) : `${name} (${engine})`
    );
    const details = `Without a primary key, or not in InnoDB: ${listed(names)}`;
    const strict = (await database.query(STRICTNESS)).map((row) => String(row.Variable_name));
    if (strict.length === 0 && !cluster) return success(`${details}; this server takes them`);
    const who = cluster
      ? "a Galera cluster does not keep them in step"
      : `${strict[0]} forbids them`;
    return warning(`${details}; ${who}`, "Give them a primary key, or ALTER TABLE … ENGINE=InnoDB");
  },
};
