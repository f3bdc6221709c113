/**
 * SQLite, before a session is open.
 *
 * @module
 */
import type { Driver } from "../driver.ts";
import { URL_NAMES } from "../names.ts";
import type { SqliteSettings } from "../connecting/url/settings.ts";
import { hasNoFile, IN_MEMORY, sqliteSettings } from "./url.ts";

/** SQLite. */
export const sqliteDriver: Driver<SqliteSettings> = {
  title: "SQLite",
  isFile: true,
  names: URL_NAMES.sqlite,
  pythonDrivers: ["aiosqlite", "pysqlite"],
  // SQLite's DDL is transactional, but not for Alembic.
  alembic: { implementation: "SQLiteImpl", ddl: "non-transactional" },
  readSettings: sqliteSettings,
  describe: ({ path }) => `sqlite:///${path}`,
  endpoints: () => [],
  forReading: (settings) => ({ ...settings, readOnly: true }),
  // Opening reports a missing file that must exist, in a message of its own.
  isMissing: async (settings) => !settings.mustExist && await hasNoFile(settings),
  isNamed: () => true,
  // SQLite takes an empty path for a temporary file.
  isTemporary: ({ path }) => path === IN_MEMORY || path.trim() === "",
  load: async () => (await import("./mod.ts")).sqlite,
  loadClient: async () => ({ open: (await import("./session.ts")).openSqlite }),
};
