/**
 * Database URLs and sessions. Each driver is loaded when it is needed.
 *
 * @module
 */
export { open, type OpenOptions, openWithRetries, type RetryOptions } from "./connect.ts";
export type { Connection, DialectName } from "./connection.ts";
export { connectionSettings, describe } from "./connection_settings.ts";
export { driverOf } from "./drivers.ts";
export { Secret } from "./secret.ts";
export type {
  ConnectionSettings,
  Endpoint,
  MysqlSettings,
  PostgresqlSettings,
  SqliteSettings,
  TlsMode,
  TlsSettings,
} from "./settings.ts";
