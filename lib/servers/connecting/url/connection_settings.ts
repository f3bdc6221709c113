/**
 * From a database URL to the settings of its driver.
 *
 * Everything comes from the URL. The environment variables and files of the databases' own client
 * libraries (`PGHOST`, `PGPASSWORD`, `~/.pgpass`, `~/.postgresql/`, `MYSQL_HOST`, `my.cnf`, …) are
 * not read: the URL alone decides which database is migrated.
 *
 * @module
 */
import type { DialectName } from "../../../sql/dialect_name.ts";
import { driverOf, drivers } from "../../drivers.ts";
import type { Secret } from "./secret.ts";
import type { ConnectionSettings } from "./settings.ts";
import { unusable } from "./unusable.ts";
import { parseDatabaseUrl, splitLogin } from "./url.ts";

const DIALECT_NAMES = Object.keys(drivers) as readonly DialectName[];

/**
 * Reads a database URL and checks everything in it.
 *
 * @throws {OperatorError} When it is no URL, or names a database, a driver or a parameter that is
 * not known here; the message never shows the password.
 */
export function connectionSettings(url: Secret): ConnectionSettings {
  const text = url.reveal();
  const parts = parseDatabaseUrl(text);
  const dialect = dialectOf(parts.drivername);
  const [login, rest] = splitLogin(text);
  // A path may have one.
  if (login !== null || dialect !== "sqlite") refuseStrayAt(login ?? "", rest);
  return drivers[dialect].readSettings(parts);
}

/**
 * Refuses an "@" that ends no user and password. It is most likely a part of the password, or that has a
 * "/" before it; then the password would be shown as user, host or database.
 *
 * @throws {OperatorError} When there is one outside of the parameters' values.
 */
function refuseStrayAt(login: string, rest: string): void {
  const [place, query = ""] = rest.split(/\?(.*)/s);
  const parameters = query.split(/[?&]/);
  const isSecret = (parameter: string) => parameter.includes("@") && !/^\w+=/.test(parameter);
  if (!login.includes("@") && !place!.includes("@") && !parameters.some(isSecret)) return;
  throw unusable(
    'it has an "@" too many',
    'write an "@" in the user name or the password as "%40", a "/" as "%2F" and a "?" as "%3F"',
  );
}

/**
 * The dialect of a driver name.
 *
 * @throws {OperatorError} When the database or the driver is not known.
 */
export function dialectOf(drivername: string): DialectName {
  const [name, python] = drivername.split(/\+(.*)/s) as [string, string?];
  const dialect = DIALECT_NAMES.find((one) => drivers[one].names.includes(name)) ??
    refuse("database", name, DIALECT_NAMES.flatMap((one) => drivers[one].names));
  const { pythonDrivers } = drivers[dialect];
  if (python === undefined || pythonDrivers.includes(python)) return dialect;
  return refuse(`${name} driver`, python, pythonDrivers);
}

/** Refuses a name that is not among the known ones. */
function refuse(what: string, name: string, known: readonly string[]): never {
  throw unusable(`unknown ${what} "${name}"; known are ${known.join(", ")}`);
}

/** The settings as a URL for messages: the password is masked, and parameters are left out. */
export function describe(settings: ConnectionSettings): string {
  return driverOf(settings).describe(settings);
}

/** Whether the server is on the same machine. */
export function isLocal(settings: ConnectionSettings): boolean {
  return driverOf(settings).endpoints(settings)
    .every((one) => one.kind === "unix" || /^(localhost$|127\.|::1$)/.test(one.host));
}
