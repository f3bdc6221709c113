/**
 * The servers that sessions can be opened on, each loaded when it is needed. Another one is a folder and
 * a line here, or is registered by whoever uses the library.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import type { ConnectionSettings } from "./connecting/url/settings.ts";
import type { Driver } from "./driver.ts";
import { mysqlDriver } from "./mysql/driver.ts";
import { postgresqlDriver } from "./postgresql/driver.ts";
import { SERVER_NAMES } from "./names.ts";
import type { Server } from "./server.ts";
import { sqliteDriver } from "./sqlite/driver.ts";

const own: Readonly<Record<typeof SERVER_NAMES[number], Driver>> = {
  postgresql: postgresqlDriver,
  mysql: mysqlDriver,
  sqlite: sqliteDriver,
};

const registry = new Map<string, Driver>(SERVER_NAMES.map((name) => [name, own[name]]));

/** All servers, by the name that the command line has for them. */
export const drivers: ReadonlyMap<string, Driver> = registry;

/** Adds a server; its URLs are known from then on. */
export function register(name: string, driver: Driver): void {
  registry.set(name, driver);
}

/** The driver of some settings. */
export const driverOf = ({ server }: Pick<ConnectionSettings, "server">): Driver =>
  registry.get(server)!;

/**
 * Loads a server by its name.
 *
 * @throws {OperatorError} When no server has that name.
 */
export async function loadServer(name: string): Promise<Server> {
  const driver = registry.get(name);
  if (driver) return await driver.load();
  throw new OperatorError({
    failed: `Cannot find server "${name}"`,
    remedy: `choose one of ${[...registry.keys()].join(", ")}`,
  });
}
