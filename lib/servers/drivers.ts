/**
 * The databases that sessions can be opened on. Another one is a folder and a line here.
 *
 * @module
 */
import type { DialectName } from "../sql/dialect_name.ts";
import type { Driver } from "./driver.ts";
import { mysqlDriver } from "./mysql/driver.ts";
import { postgresqlDriver } from "./postgresql/driver.ts";
import type { ConnectionSettings } from "./connecting/url/settings.ts";
import { sqliteDriver } from "./sqlite/driver.ts";

/** The settings of one database. */
export type SettingsOf<D extends DialectName> = Extract<
  ConnectionSettings,
  { readonly dialect: D }
>;

/** All databases, by dialect. */
export const drivers: { readonly [D in DialectName]: Driver<SettingsOf<D>> } = {
  postgresql: postgresqlDriver,
  mysql: mysqlDriver,
  sqlite: sqliteDriver,
};

/** The database of some settings. */
export function driverOf({ dialect }: ConnectionSettings): Driver<ConnectionSettings> {
  // Each driver is called only with settings of its own kind.
  return drivers[dialect] as Driver<ConnectionSettings>;
}
