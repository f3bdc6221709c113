import { ofTable, raw } from "../../../sql/statement.ts";
import { failure, success, warning } from "../../../servers/finding.ts";
import { type Check, type CheckContext, hasColumns } from "../../check.ts";

/** Signs of life that Mistral's services write, and how old they may be, in seconds. */
const SIGNS = [
  { table: "action_executions_v2", column: "last_heartbeat", what: "heartbeats of actions" },
  { table: "task_executions_v2", column: "updated_at", what: "tasks that changed" },
  { table: "scheduled_jobs_v2", column: "captured_at", what: "scheduled jobs that began" },
] as const;

const RECENT_SECONDS = 60;

/** The signs of life of the last minute, in words. */
async function signsOfLife({ database, health, schema }: CheckContext): Promise<readonly string[]> {
  const signs: string[] = [];
  for (const { table, column, what } of SIGNS) {
    if (!hasColumns(schema, table, [column])) continue;
    const since = health.ago(RECENT_SECONDS);
    const rows = await database.query(
      ofTable(table, raw(`SELECT 1 AS found FROM ${table} WHERE ${column} > ${since} LIMIT 1`)),
    );
    if (rows.length > 0) signs.push(what);
  }
  return signs;
}

/** Whether services work with the database while an upgrade wants them stopped. */
export const services: Check = {
  name: "services",
  title: "Mistral's services",
  reason:
    "Services of the older release fail, or write rows that lack new values, during some migrations.",
  async examine(context) {
    const { database, health, forecast } = context;
    const stop = "explanation" in forecast ? forecast.explanation.totals.stopServices : [];
    const signs = await signsOfLife(context);
    const [row] = health.sessions ? await database.query(health.sessions) : [];
    const sessions = Number(row?.count ?? 0);
    const found = [
      ...signs,
      ...(sessions > 0 ? [`${sessions} other session${sessions === 1 ? "" : "s"}`] : []),
    ].join(", ");
    if (found === "") return success("No service seems to run");
    if (stop.length === 0) return success(`Services may keep running; seen: ${found}`);
    const details = `${
      stop.join(", ")
    } need Mistral's services stopped; seen in the last minute: ${found}`;
    const remedy = "Stop Mistral's services before the upgrade";
    return signs.length > 0 ? failure(details, remedy) : warning(details, remedy);
  },
};
