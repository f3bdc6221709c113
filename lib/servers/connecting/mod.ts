/**
 * Database URLs and sessions. Each driver is loaded when it is needed.
 *
 * @module
 */
export { open, type OpenOptions, openWithRetries, type RetryOptions } from "./connect.ts";
export type { Connection, DialectName } from "../database.ts";
export { connectionSettings, describe } from "./url/connection_settings.ts";
export { driverOf } from "../drivers.ts";
export { Secret } from "./url/secret.ts";
export type {
  ConnectionSettings,
  Endpoint,
  MysqlSettings,
  PostgresqlSettings,
  SqliteSettings,
  TlsMode,
  TlsSettings,
} from "./url/settings.ts";
