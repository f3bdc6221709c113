/**
 * What `doctor` asks of MySQL and MariaDB.
 *
 * @module
 */
import { raw } from "../../sql/statement.ts";
import type { Health } from "../health.ts";
import { galera } from "./galera/check.ts";
import { collations } from "./health/collations.ts";
import { isolation } from "./health/isolation.ts";
import { primaryKeys } from "./health/primary_keys.ts";
import { privileges } from "./health/privileges.ts";
import { storageEngine } from "./health/storage_engine.ts";

/** What `doctor` asks of MySQL and MariaDB. */
export const health = Object.freeze<Health>({
  encryption: {
    async protocol(database) {
      const [row] = await database.query(raw("SHOW SESSION STATUS LIKE 'Ssl_version'"));
      return String(row?.Value ?? "");
    },
    parameters: "ssl_ca=FILE",
  },
  async dataDirectory({ database }) {
    const [row] = await database.query(raw("SELECT @@datadir AS directory"));
    return String(row!.directory);
  },
  isolation,
  sessions: raw(`SELECT COUNT(*) AS count FROM information_schema.processlist
WHERE db = DATABASE() AND id <> CONNECTION_ID()`),
  ago: (seconds) => `UTC_TIMESTAMP() - INTERVAL ${seconds} SECOND`,
  backup: "mysqldump --single-transaction --result-file=mistral.sql DATABASE",
  privileges,
  checks: [collations, storageEngine, galera, primaryKeys],
});
