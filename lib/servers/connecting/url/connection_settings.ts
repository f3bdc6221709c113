/**
 * From a database URL to the settings of its driver.
 *
 * Everything comes from the URL. The environment variables and files of the databases' own client
 * libraries (`PGHOST`, `PGPASSWORD`, `~/.pgpass`, `~/.postgresql/`, `MYSQL_HOST`, `my.cnf`, …) are
 * not read: the URL alone decides which database is migrated.
 *
 * @module
 */
import { driverOf, drivers } from "../../drivers.ts";
import type { Secret } from "./secret.ts";
import type { ConnectionSettings } from "./settings.ts";
import { unusable } from "./unusable.ts";
import { parseDatabaseUrl, splitLogin } from "./url.ts";

/**
 * Reads a database URL and checks everything in it.
 *
 * @throws {OperatorError} When it is no URL, or names a database, a driver or a parameter that is
 * not known here; the message never shows the password.
 */
export function connectionSettings(url: Secret): ConnectionSettings {
  const text = url.reveal();
  const parts = parseDatabaseUrl(text);
  const server = serverOf(parts.drivername);
  const driver = drivers.get(server)!;
  const [login, rest] = splitLogin(text);
  // A path may have one.
  if (login !== null || !driver.isFile) refuseStrayAt(login ?? "", rest);
  return { ...driver.readSettings(parts), server };
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
 * The server of a driver name.
 *
 * @throws {OperatorError} When the database or the driver is not known.
 */
export function serverOf(drivername: string): string {
  const [name, python] = drivername.split(/\+(.*)/s) as [string, string?];
  const [server, { pythonDrivers }] = [...drivers].find(([, { names }]) => names.includes(name)) ??
    refuse("database", name, [...drivers.values()].flatMap(({ names }) => names));
  if (python === undefined || pythonDrivers.includes(python)) return server;
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
