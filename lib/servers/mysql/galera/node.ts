/**
 * Galera: servers that keep one database together. A session belongs to one node of such a cluster,
 * which can be cut off from the others, or be behind them.
 *
 * Source: https://galeracluster.com/library/documentation/galera-status-variables.html
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { type Attempt, cannotConnect, passing } from "../../connecting/failures.ts";
import { raw } from "../../../sql/statement.ts";

const SETTINGS = raw(`SHOW GLOBAL VARIABLES
WHERE Variable_name IN ('wsrep_on', 'wsrep_provider', 'wsrep_node_name', 'pxc_strict_mode',
  'wsrep_cluster_address', 'wsrep_node_address')`);

const STATUS = raw(`SHOW GLOBAL STATUS
WHERE Variable_name IN ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_local_state_comment',
  'wsrep_incoming_addresses', 'wsrep_local_index', 'wsrep_cluster_size', 'wsrep_cluster_state_uuid')`);

/** The node of a cluster that a session is on. */
export interface GaleraNode {
  /** What its administrator calls it. */
  readonly name: string;
  /** What tells its cluster from others. */
  readonly cluster: string;
  /** Where clients reach it, as the cluster knows it; empty where the cluster does not. */
  readonly address: string;
  /** The addresses of all current members of the cluster. */
  readonly members: readonly string[];
  /** How many nodes there are now, arbitrators included. */
  readonly size: number;
  /** How many nodes its administrator has named; 0 where it was told to begin a cluster. */
  readonly named: number;
  /** Its state, such as `Synced`. */
  readonly state: string;
  /** Why it takes no statements, in words; null when it does. */
  readonly unready: string | null;
  /** Whether it has GET_LOCK, which Percona's cluster can forbid. */
  readonly hasNamedLocks: boolean;
}

type Answers = ReadonlyMap<string, string>;

async function ask(database: Database, statement: typeof STATUS): Promise<Answers> {
  const rows = await database.query(statement);
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

/** What stands in a list of addresses, without the options behind it. */
const addressesIn = (list: string): readonly string[] =>
  list.replace(/^\w+:\/\//, "").replace(/\?.*$/, "").split(",").filter((one) => one.trim() !== "");

/** A node that is told the addresses of the others alone is one more. */
function countNamed(settings: Answers): number {
  const named = addressesIn(settings.get("wsrep_cluster_address") ?? "");
  const own = (settings.get("wsrep_node_address") ?? "").replace(/:\d+$/, "");
  const hosts = named.map((one) => one.trim().replace(/:\d+$/, ""));
  // A name may mean the own address.
  const isComparable = own !== "" && hosts.length > 0 && hosts.every((one) => /^[\d.]+$/.test(one));
  const isMissing = isComparable && /^[\d.]+$/.test(own) && !hosts.includes(own);
  return named.length + (isMissing ? 1 : 0);
}

/** The node that a session is on; null where the server is no part of a cluster. Changes nothing. */
export async function galeraNode(database: Database): Promise<GaleraNode | null> {
  const settings = await ask(database, SETTINGS);
  const provider = settings.get("wsrep_provider") ?? "none";
  if (settings.get("wsrep_on") !== "ON" || provider === "none") return null;
  const status = await ask(database, STATUS);
  const members = (status.get("wsrep_incoming_addresses") ?? "").split(",");
  return {
    name: settings.get("wsrep_node_name") ?? "",
    cluster: status.get("wsrep_cluster_state_uuid") ?? "",
    address: members[Number(status.get("wsrep_local_index"))] ?? "",
    members,
    size: Number(status.get("wsrep_cluster_size")),
    named: countNamed(settings),
    state: status.get("wsrep_local_state_comment") ?? "",
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
export async function joinCluster(database: Database, attempt: Attempt): Promise<void> {
  const node = await galeraNode(database);
  if (node === null) return;
  if (node.unready !== null) {
    const problem = `node "${node.name}" of the Galera cluster ${node.unready}`;
    throw cannotConnect(attempt, passing(problem, "name another node, or wait until it is back"));
  }
  await database.execute(raw("SET SESSION wsrep_sync_wait = 1"));
}
