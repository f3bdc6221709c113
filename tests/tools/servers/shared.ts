/**
 * The servers that many tests share, one after another.
 *
 * @module
 */
import { saySkipped } from "../needs.ts";
import { startMariadb } from "./mariadb.ts";
import { startMysql } from "./of_another_debian.ts";
import { startPostgresql } from "./postgresql.ts";
import type { PrivateServer } from "./private_server.ts";

const STARTERS = {
  PostgreSQL: startPostgresql,
  MariaDB: startMariadb,
  "MySQL itself": startMysql,
} as const;

/** What cannot be had is said once, however often it is tried. */
const said = new Set<string>();

/** Starts what can be had here; the rest is said loudly, and its tests count as ignored. Gives the variables by which tests find them. */
export async function startShared(
  certificates: Promise<string>,
  servers: AsyncDisposableStack,
): Promise<Readonly<Record<string, string>>> {
  const start = async ([name, starter]: [string, (folder: string) => Promise<PrivateServer>]) => {
    try {
      return servers.use(await starter(await certificates)).environment;
    } catch (error) {
      if (!said.has(name)) saySkipped(`all tests on ${name}`, error);
      said.add(name);
      return {};
    }
  };
  const environments = await Promise.all(Object.entries(STARTERS).map(start));
  return Object.assign({}, ...environments);
}
