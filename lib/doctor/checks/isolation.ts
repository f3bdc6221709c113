import { RELEASES } from "../../revisions/releases.ts";
import type { DialectName } from "../../sql/dialect_name.ts";
import { raw, type Statement } from "../../sql/statement.ts";
import { type Check, success, warning } from "../check.ts";

/** What a new session of Mistral begins with. */
const DEFAULT_ISOLATION: Partial<Record<DialectName, Statement>> = {
  postgresql: raw("SHOW default_transaction_isolation"),
  // MySQL 8 dropped tx_isolation; MariaDB has transaction_isolation from 11.1 on.
  mysql: raw(`SHOW GLOBAL VARIABLES
WHERE Variable_name IN ('transaction_isolation', 'tx_isolation')`),
};

const REMEDIES: Partial<Record<DialectName, string>> = {
  postgresql:
    "Run ALTER ROLE mistral SET default_transaction_isolation = 'repeatable read' for Mistral's role",
  mysql: "Set transaction-isolation = REPEATABLE-READ in the server's configuration",
};

/** The first release that no longer chooses the isolation itself. */
const FIRST = "22.0.0";

/** Whether Mistral works with the server's default isolation: https://bugs.launchpad.net/mistral/+bug/2163749 */
export const isolation: Check = {
  name: "isolation",
  title: "Transaction isolation",
  reason:
    `From ${FIRST} on, Mistral leaves workflows in RUNNING on a server whose default is READ COMMITTED.`,
  async examine({ connection, applied }) {
    const statement = DEFAULT_ISOLATION[connection.dialect];
    if (!statement) return null;
    const [row] = await connection.query(statement);
    const level = String(Object.values(row!).at(-1)).toUpperCase().replaceAll("-", " ");
    if (level !== "READ COMMITTED") return success(`The default is ${level}`);
    const first = RELEASES.find(({ version }) => version === FIRST)!.head;
    // What is newer than all that is known has it too.
    return applied === null || applied.has(first)
      ? warning(
        `The default is ${level}, with which Mistral ${FIRST} and newer leaves workflows in RUNNING`,
        REMEDIES[connection.dialect]!,
      )
      : success(
        `The default is ${level}; change it before Mistral ${FIRST}, which cannot work with it`,
      );
  },
};
