/**
 * A server for one test alone, which may kill it or fill its disk.
 *
 * @module
 */
import { startMariadb } from "./mariadb.ts";
import { startPostgresql } from "./postgresql.ts";
import type { PrivateServer, ServerOptions } from "./private_server.ts";

const STARTERS = { postgresql: startPostgresql, mysql: startMariadb } as const;

/** Starts one, with the certificates of `deno task test`. */
export function startOwn(
  dialect: keyof typeof STARTERS,
  options: ServerOptions,
): Promise<PrivateServer> {
  return STARTERS[dialect](Deno.env.get("TEST_CERTIFICATES")!, options);
}
