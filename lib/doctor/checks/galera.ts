import { LEASE_TABLE } from "../../dialects/catalog.ts";
import { tableNames } from "../../dialects/tables.ts";
import { galeraNode } from "../../drivers/mysql/galera.ts";
import { raw } from "../../sql/statement.ts";
import { type Check, success, warning } from "../check.ts";

const SETTINGS = raw(`SHOW GLOBAL VARIABLES
WHERE Variable_name IN ('binlog_format', 'innodb_autoinc_lock_mode', 'wsrep_osu_method')`);

/** What Galera asks for: https://galeracluster.com/library/documentation/configuration.html */
const WANTED: Readonly<Record<string, string>> = {
  binlog_format: "ROW",
  innodb_autoinc_lock_mode: "2",
  wsrep_osu_method: "TOI",
};

/** Whether a Galera cluster is whole and set up as migrations need it. */
export const galera: Check = {
  name: "galera",
  title: "Galera cluster",
  reason: "Every change of the schema stops all nodes, and must be made on all of them.",
  async examine({ connection }) {
    if (connection.dialect !== "mysql") return null;
    const node = await galeraNode(connection);
    if (node === null) return null;
    const settings = new Map(
      (await connection.query(SETTINGS)).map((row) =>
        [String(row.Variable_name).toLowerCase(), String(row.Value)] as const
      ),
    );
    const wrong = Object.entries(WANTED)
      .filter(([name, value]) => settings.has(name) && settings.get(name) !== value);
    const where = `Node "${node.name}" of ${node.members.length}`;
    if (wrong.length > 0) {
      return warning(
        `${where}: ${wrong.map(([name]) => `${name} is ${settings.get(name)}`).join(", ")}`,
        `Set ${wrong.map(([name, value]) => `${name} = ${value}`).join(", ")} on all nodes`,
      );
    }
    if ((await tableNames(connection)).includes(LEASE_TABLE)) {
      return warning(
        `${where}: a run is at work, or was killed: its lease, the table ${LEASE_TABLE}, is there`,
        "Wait for the run; the next one removes what a killed run has left",
      );
    }
    return success(
      `${where} is in the majority; every change of the schema stops all nodes while it lasts`,
    );
  },
};
