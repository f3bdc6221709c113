/**
 * MySQL and MariaDB, before a session is open.
 *
 * @module
 */
import type { Driver } from "../driver.ts";
import type { MysqlSettings } from "../settings.ts";
import { serverUrl } from "../target.ts";
import { mysqlSettings } from "./settings.ts";

/** MySQL and MariaDB. */
export const mysqlDriver: Driver<MysqlSettings> = {
  names: ["mysql", "mariadb"],
  pythonDrivers: [
    ...["aiomysql", "asyncmy", "cymysql", "mariadbconnector", "mysqlconnector", "mysqldb"],
    ...["oursql", "pymysql", "pyodbc"],
  ],
  readSettings: mysqlSettings,
  describe: (settings) => serverUrl("mysql", settings, [settings.endpoint]),
  isMissing: () => Promise.resolve(false),
  open: async (settings, signal) => await (await import("./mod.ts")).openMysql(settings, signal),
};
