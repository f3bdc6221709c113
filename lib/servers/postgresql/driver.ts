/**
 * PostgreSQL, before a session is open.
 *
 * @module
 */
import type { Driver } from "../driver.ts";
import { URL_NAMES } from "../names.ts";
import type { PostgresqlSettings } from "../connecting/url/settings.ts";
import { serverUrl } from "../connecting/target.ts";
import { postgresqlSettings } from "./url.ts";

/** PostgreSQL. */
export const postgresqlDriver: Driver<PostgresqlSettings> = {
  title: "PostgreSQL",
  isFile: false,
  names: URL_NAMES.postgresql,
  pythonDrivers: [
    ...["asyncpg", "pg8000", "psycopg", "psycopg_async", "psycopg2", "psycopg2cffi", "pygresql"],
    "pypostgresql",
  ],
  alembic: { implementation: "PostgresqlImpl", ddl: "transactional" },
  readSettings: postgresqlSettings,
  describe: (settings) => serverUrl("postgresql", settings, settings.endpoints),
  endpoints: (settings) => settings.endpoints,
  forReading: (settings) => settings,
  isMissing: () => Promise.resolve(false),
  // The database of the user's name, unless the URL names one, as with libpq.
  isNamed: ({ database }) => database === null || database.trim() !== "",
  isTemporary: () => false,
  load: async () => (await import("./mod.ts")).postgresql,
  loadClient: async () => ({ open: (await import("./session.ts")).openPostgresql }),
};
