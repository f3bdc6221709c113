/**
 * What `doctor` asks of PostgreSQL.
 *
 * @module
 */
import { ofCatalog, raw } from "../../sql/statement.ts";
import type { Health } from "../health.ts";
import { isolation } from "./health/isolation.ts";
import { privileges } from "./health/privileges.ts";

const PROTOCOL = ofCatalog(
  raw("SELECT version AS protocol FROM pg_stat_ssl WHERE pid = pg_backend_pid()"),
);

const DIRECTORY = ofCatalog(raw("SELECT current_setting('data_directory', true) AS directory"));

/** What `doctor` asks of PostgreSQL. */
export const health = Object.freeze<Health>({
  encryption: {
    async protocol(database) {
      const [row] = await database.query(PROTOCOL);
      return String(row?.protocol ?? "");
    },
    parameters: "sslmode=verify-full&sslrootcert=FILE",
  },
  async dataDirectory({ database }) {
    const [row] = await database.query(DIRECTORY);
    return row!.directory === null ? null : String(row!.directory);
  },
  isolation,
  sessions: ofCatalog(raw(`SELECT COUNT(*) AS count FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
  AND application_name <> 'mistral-db-manage' AND pid <> pg_backend_pid()`)),
  ago: (seconds) => `(now() AT TIME ZONE 'UTC') - INTERVAL '${seconds} seconds'`,
  backup: "pg_dump --format=custom --file=mistral.dump DATABASE",
  privileges,
  checks: [],
});
