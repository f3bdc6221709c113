/**
 * From a database URL to what its driver needs to know.
 *
 * Everything comes from the URL. The environment variables and files of the databases' own client
 * libraries (`PGHOST`, `PGPASSWORD`, `~/.pgpass`, `~/.postgresql/`, `MYSQL_HOST`, `my.cnf`, …) are
 * not read: which database is migrated is said in one place.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import type { DialectName } from "../sql/dialect_name.ts";
import { MASK, type Secret } from "./secret.ts";
import type { ConnectionSettings, Endpoint } from "./settings.ts";
import { mysqlSettings } from "./mysql/settings.ts";
import { postgresqlSettings } from "./postgresql/settings.ts";
import { sqliteSettings } from "./sqlite/settings.ts";
import { type DatabaseUrl, parseDatabaseUrl } from "./url.ts";

/** The databases that a URL can name, by the word before the `+`. */
const DIALECTS: Readonly<Record<string, DialectName>> = {
  postgresql: "postgresql",
  postgres: "postgresql",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite: "sqlite",
};

/** The Python drivers that a URL can name after the `+`; they say nothing to this program. */
const DRIVERS: Readonly<Record<DialectName, readonly string[]>> = {
  postgresql: [
    "asyncpg",
    "pg8000",
    "psycopg",
    "psycopg_async",
    "psycopg2",
    "psycopg2cffi",
    "pygresql",
    "pypostgresql",
  ],
  mysql: [
    "aiomysql",
    "asyncmy",
    "cymysql",
    "mariadbconnector",
    "mysqlconnector",
    "mysqldb",
    "oursql",
    "pymysql",
    "pyodbc",
  ],
  sqlite: ["aiosqlite", "pysqlite"],
};

/** How each dialect reads a URL. */
const READERS: Readonly<Record<DialectName, (url: DatabaseUrl) => ConnectionSettings>> = {
  postgresql: postgresqlSettings,
  mysql: mysqlSettings,
  sqlite: sqliteSettings,
};

/**
 * Reads a database URL and checks everything in it.
 *
 * @throws {OperatorError} When it is no URL, or names a database, a driver or a parameter that is
 * not known here; the message never shows the password.
 */
export function connectionSettings(url: Secret): ConnectionSettings {
  const parts = parseDatabaseUrl(url.reveal());
  const dialect = dialectOf(parts.drivername);
  if (dialect !== "sqlite") checkStrayAt(parts);
  return READERS[dialect](parts);
}

/**
 * Which dialect a driver name asks for.
 *
 * @throws {OperatorError} When the database or the driver is not known.
 */
export function dialectOf(drivername: string): DialectName {
  const [name, driver] = drivername.split(/\+(.*)/s) as [string, string?];
  const dialect = Object.hasOwn(DIALECTS, name)
    ? DIALECTS[name]!
    : refuse("database", name, Object.keys(DIALECTS));
  if (driver === undefined || DRIVERS[dialect].includes(driver)) return dialect;
  return refuse(`${name} driver`, driver, DRIVERS[dialect]);
}

/** Refuses a name that is not among the known ones. */
function refuse(what: string, name: string, known: readonly string[]): never {
  throw new OperatorError(
    `Cannot use the database URL: unknown ${what} "${name}"; known are ${known.join(", ")}`,
  );
}

/**
 * Refuses a password that was cut at its own `@`, before the rest of it is shown as a host or a
 * database.
 */
function checkStrayAt(url: DatabaseUrl): void {
  const names = [url.host, url.database, ...Object.keys(url.query)];
  if (!names.some((name) => name?.includes("@"))) return;
  throw new OperatorError(
    'Cannot use the database URL: it has an "@" too many; write an "@" in the user name or the ' +
      'password as "%40"',
  );
}

/** The settings as a URL for messages: the password is masked, and parameters are left out. */
export function describe(settings: ConnectionSettings): string {
  if (settings.dialect === "sqlite") return `sqlite:///${settings.path}`;
  const password = settings.password === null ? "" : `:${MASK}`;
  const user = settings.user === null ? "" : `${settings.user}${password}@`;
  const endpoints = settings.dialect === "mysql" ? [settings.endpoint] : settings.endpoints;
  const where = endpoints.map(describeEndpoint).join(",");
  return `${settings.dialect}://${user}${where}/${settings.database ?? ""}`;
}

/** Where a server listens, for messages. */
function describeEndpoint(endpoint: Endpoint): string {
  if (endpoint.kind === "unix") return `[${endpoint.path}]`;
  const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
  return `${host}:${endpoint.port}`;
}
