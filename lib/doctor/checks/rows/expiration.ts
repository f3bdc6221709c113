import { counted } from "../../../text/amounts.ts";
import { ofTable, raw } from "../../../sql/statement.ts";
import { success, warning } from "../../../servers/finding.ts";
import { type Check, hasColumns } from "../../check.ts";

const TABLE = "workflow_executions_v2";

const OLD_DAYS = 30;

/** From how many on it is worth a warning; they are counted no further than the most. */
const MANY = 1000;
const MOST = 100_000;

/** Whether old executions pile up because nothing removes them. */
export const expiration: Check = {
  name: "expiration",
  title: "Old executions",
  reason:
    "Mistral keeps every execution unless an expiration policy is set; large tables slow down upgrades.",
  async examine({ database, health, schema, expiration }) {
    if (!hasColumns(schema, TABLE, ["state", "updated_at", "task_execution_id"])) return null;
    const [row] = await database.query(ofTable(
      TABLE,
      raw(`SELECT COUNT(*) AS count FROM (
  SELECT 1 AS one FROM ${TABLE}
  WHERE state IN ('SUCCESS', 'ERROR', 'CANCELLED') AND task_execution_id IS NULL
    AND updated_at < ${health.ago(OLD_DAYS * 86_400)}
  LIMIT ${MOST}
) AS old`),
    ));
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
