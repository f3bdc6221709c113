/**
 * Galera: servers that keep one database together. A session belongs to one node of such a cluster,
 * which can be cut off from the others, or be behind them.
 *
 * Source: https://galeracluster.com/library/documentation/galera-status-variables.html
 *
 * @module
 */
import type { Connection } from "../connection.ts";
import { type Attempt, cannotConnect, passing } from "../failures.ts";
import { raw } from "../../sql/statement.ts";

const SETTINGS = raw(`SHOW GLOBAL VARIABLES
WHERE Variable_name IN ('wsrep_on', 'wsrep_provider', 'wsrep_node_name', 'pxc_strict_mode')`);

const STATUS = raw(`SHOW GLOBAL STATUS
WHERE Variable_name IN ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_local_state_comment',
  'wsrep_incoming_addresses', 'wsrep_local_index')`);

/** The node of a cluster that a session is on. */
export interface GaleraNode {
  /** What its administrator calls it. */
  readonly name: string;
  /** Where clients reach it, as the cluster knows it; empty where the cluster does not. */
  readonly address: string;
  /** The addresses of all current members of the cluster. */
  readonly members: readonly string[];
  /** Why it takes no statements, in words; null when it does. */
  readonly unready: string | null;
  /** Whether it has GET_LOCK, which Percona's cluster can forbid. */
  readonly hasNamedLocks: boolean;
}

type Answers = ReadonlyMap<string, string>;

async function ask(connection: Connection, statement: typeof STATUS): Promise<Answers> {
  const rows = await connection.query(statement);
  return new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]));
}

function whyUnready(status: Answers): string | null {
  const [cluster, state] = [
    status.get("wsrep_cluster_status"),
    status.get("wsrep_local_state_comment"),
  ];
  if (cluster !== "Primary") {
    return `is cut off from the majority of the nodes (wsrep_cluster_status is ${cluster})`;
  }
  return status.get("wsrep_ready") === "ON" ? null : `is not ready (its state is ${state})`;
}

/** The node that a session is on; null where the server is no part of a cluster. Changes nothing. */
export async function galeraNode(connection: Connection): Promise<GaleraNode | null> {
  const settings = await ask(connection, SETTINGS);
  const provider = settings.get("wsrep_provider") ?? "none";
  if (settings.get("wsrep_on") !== "ON" || provider === "none") return null;
  const status = await ask(connection, STATUS);
  const members = (status.get("wsrep_incoming_addresses") ?? "").split(",");
  return {
    name: settings.get("wsrep_node_name") ?? "",
    address: members[Number(status.get("wsrep_local_index"))] ?? "",
    members,
    unready: whyUnready(status),
    hasNamedLocks: !["ENFORCING", "MASTER"].includes(settings.get("pxc_strict_mode") ?? ""),
  };
}

/**
 * Makes a new session read what any node has committed before, also where a proxy sends it to
 * another node than the one that was written to.
 *
 * @throws {ConnectionError} When the node takes no statements.
 */
export async function joinCluster(connection: Connection, attempt: Attempt): Promise<void> {
  const node = await galeraNode(connection);
  if (node === null) return;
  if (node.unready !== null) {
    const problem = `node "${node.name}" of the Galera cluster ${node.unready}`;
    throw cannotConnect(
      attempt,
      passing(`${problem}; name another node, or wait until it is back`),
    );
  }
  await connection.execute(raw("SET SESSION wsrep_sync_wait = 1"));
}
