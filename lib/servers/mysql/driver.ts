/**
 * MySQL and MariaDB, before a session is open.
 *
 * @module
 */
import type { Driver } from "../driver.ts";
import { URL_NAMES } from "../names.ts";
import type { MysqlSettings } from "../connecting/url/settings.ts";
import { serverUrl } from "../connecting/target.ts";
import { mysqlSettings } from "./url.ts";

/** MySQL and MariaDB. */
export const mysqlDriver: Driver<MysqlSettings> = {
  title: "MySQL/MariaDB",
  isFile: false,
  names: URL_NAMES.mysql,
  pythonDrivers: [
    ...["aiomysql", "asyncmy", "cymysql", "mariadbconnector", "mysqlconnector", "mysqldb"],
    ...["oursql", "pymysql", "pyodbc"],
  ],
  alembic: { implementation: "MySQLImpl", ddl: "non-transactional" },
  readSettings: mysqlSettings,
  describe: (settings) => serverUrl("mysql", settings, [settings.endpoint]),
  endpoints: (settings) => [settings.endpoint],
  forReading: (settings) => settings,
  isMissing: () => Promise.resolve(false),
  isNamed: ({ database }) => database !== null && database.trim() !== "",
  isTemporary: () => false,
  load: async () => (await import("./mod.ts")).mysql,
  loadClient: async () => ({ open: (await import("./session.ts")).openMysql }),
};
