import { tableNames } from "../../reading/table_names.ts";
import { LEASE_TABLE } from "./lease.ts";
import { type GaleraNode, galeraNode } from "./node.ts";
import { raw } from "../../../sql/statement.ts";
import { success, warning } from "../../finding.ts";
import type { Check } from "../../health.ts";

const SETTINGS = raw(`SHOW GLOBAL VARIABLES
WHERE Variable_name IN ('binlog_format', 'innodb_autoinc_lock_mode', 'wsrep_osu_method',
  'wsrep_desync', 'wsrep_forced_binlog_format')`);

/** What Galera asks for: https://galeracluster.com/library/documentation/configuration.html */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  binlog_format: ["ROW"],
  innodb_autoinc_lock_mode: ["2"],
  wsrep_osu_method: ["TOI"],
  wsrep_desync: ["OFF"],
  wsrep_forced_binlog_format: ["NONE", "ROW"],
};

/** The problem of the nodes, and its remedy; null if there is none. */
function missing({ size, named, state }: GaleraNode): readonly [string, string] | null {
  if (size < named) {
    return [
      `${named - size} of the ${named} nodes in wsrep_cluster_address are missing`,
      "Start the missing nodes, or remove them from wsrep_cluster_address, before the upgrade: losing " +
      "one more node may stop the cluster",
    ];
  }
  if (size === 1) {
    return ["it is the only one", "Start the other nodes before the upgrade, if there are any"];
  }
  if (state === "Synced") return null;
  return [`its state is ${state}`, "Wait until its state is Synced"];
}

/** Whether a Galera cluster is whole and set up as migrations need it. */
export const galera: Check = {
  name: "galera",
  title: "Galera cluster",
  reason: "Every schema change stops all nodes, and must reach all of them.",
  async examine({ database }) {
    const node = await galeraNode(database);
    if (node === null) return null;
    const settings = new Map(
      (await database.query(SETTINGS)).map((row) =>
        [String(row.Variable_name).toLowerCase(), String(row.Value)] as const
      ),
    );
    const wrong = Object.entries(WANTED)
      .filter(([name, value]) => settings.has(name) && !value.includes(settings.get(name)!));
    const where = `Node "${node.name}" of ${node.size}`;
    const absent = missing(node);
    if (absent !== null) return warning(`${where}: ${absent[0]}`, absent[1]);
    if (wrong.length > 0) {
      return warning(
        `${where}: ${wrong.map(([name]) => `${name} is ${settings.get(name)}`).join(", ")}`,
        `Set ${wrong.map(([name, value]) => `${name} = ${value[0]}`).join(", ")} on all nodes`,
      );
    }
    if ((await tableNames(database)).includes(LEASE_TABLE)) {
      return warning(
        `${where}: a run is at work, or was killed: its lease, the table ${LEASE_TABLE}, is there`,
        "Wait for the run; the next one removes what a killed run has left",
      );
    }
    return success(
      `${where} is in the majority; every schema change stops all nodes while it runs`,
    );
  },
};
