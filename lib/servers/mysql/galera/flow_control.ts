/**
 * Galera's flow control: nodes that cannot keep up stop the whole cluster until they have. Whoever
 * writes much does well to wait before that happens again.
 *
 * Source: https://galeracluster.com/library/documentation/galera-status-variables.html
 *
 * @module
 */
import { raw } from "../../../sql/statement.ts";
import type { Database } from "../../database.ts";
import type { Pace } from "../../locking/pace.ts";

/** Nanoseconds that the node has been stopped so far; no row where it is no node of a cluster. */
const PAUSED = raw("SHOW GLOBAL STATUS LIKE 'wsrep_flow_control_paused_ns'");

/** The longest pause, in seconds. */
const LONGEST = 30;

/** How long the node has been stopped, in seconds; null where it is no node of a cluster. */
async function secondsPaused(database: Database): Promise<number | null> {
  const [row] = await database.query(PAUSED);
  return row ? Number(row.Value) / 1e9 : null;
}

/**
 * Begins to watch. A pause is as long as the cluster was stopped since the last question, so that the
 * slowest node has that time for itself.
 */
export async function flowControl(database: Database): Promise<Pace> {
  let before = await secondsPaused(database);
  return {
    async secondsToPause() {
      if (before === null) return 0;
      const now = await secondsPaused(database) ?? before;
      const stopped = now - before;
      before = now;
      return Math.min(stopped, LONGEST);
    },
  };
}
