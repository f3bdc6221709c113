import { counted } from "../../amounts.ts";
import type { DialectName } from "../../sql/dialect_name.ts";
import { raw } from "../../sql/statement.ts";
import { type Check, hasColumns, success, warning } from "../check.ts";

const TABLE = "workflow_executions_v2";

const OLD_DAYS = 30;

/** From how many on it is worth a warning; they are counted no further than the most. */
const MANY = 1000;
const MOST = 100_000;

const LONG_AGO: Readonly<Record<DialectName, string>> = {
  postgresql: `(now() AT TIME ZONE 'UTC') - INTERVAL '${OLD_DAYS} days'`,
  mysql: `UTC_TIMESTAMP() - INTERVAL ${OLD_DAYS} DAY`,
  sqlite: `datetime('now', '-${OLD_DAYS} days')`,
};

/** Whether old executions pile up because nothing removes them. */
export const expiration: Check = {
  name: "expiration",
  title: "Old executions",
  reason:
    "Mistral removes no execution unless it is told to; the tables grow until upgrades take hours.",
  async examine({ connection, schema, expiration }) {
    if (!hasColumns(schema, TABLE, ["state", "updated_at", "task_execution_id"])) return null;
    const [row] = await connection.query(raw(`SELECT COUNT(*) AS count FROM (
  SELECT 1 AS one FROM ${TABLE}
  WHERE state IN ('SUCCESS', 'ERROR', 'CANCELLED') AND task_execution_id IS NULL
    AND updated_at < ${LONG_AGO[connection.dialect]}
  LIMIT ${MOST}
) AS old`));
    const count = Number(row!.count);
    const words =
      `${count >= MOST ? "At least " : ""}${counted(count)} executions ended more than ` +
      `${OLD_DAYS} days ago`;
    if (count < MANY || expiration.isOn) return success(words);
    return warning(
      `${words}, and the configuration read here has no policy that removes them`,
      "Set older_than (minutes) and evaluation_interval (minutes) in [execution_expiration_policy] of " +
        "mistral.conf, and let Mistral remove them before the upgrade",
    );
  },
};
