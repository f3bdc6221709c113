/**
 * A private pooler before the private PostgreSQL.
 *
 * @module
 */
import { serverUrl } from "../databases.ts";
import { isSkipped } from "../needs.ts";
import { programs } from "./packages.ts";
import { freePort, serverDirectory, startProcess, unprivileged } from "./process.ts";

/** The account of Debian's package of PostgreSQL, on which that of the pooler builds. */
const ACCOUNT = "postgres";

const findPgbouncer = () => programs(["pgbouncer"], ["pgbouncer"]);

/** Whether one can be had here; says so loudly if not. */
export const hasPgbouncer = async (): Promise<boolean> =>
  !await isSkipped("all tests on poolers", findPgbouncer);

/** A running pooler. */
export interface Pooler extends AsyncDisposable {
  /** The URL of a database through it. */
  url(database: string): string;
}

/** Starts one that lends out at most so many sessions, each for as long as the mode says. */
export async function startPgbouncer(
  mode: "session" | "transaction",
  sessions = 20,
): Promise<Pooler> {
  const { pgbouncer } = await findPgbouncer();
  const server = new URL(serverUrl("postgresql", ""));
  const [directory, port] = [await serverDirectory(ACCOUNT), await freePort()];
  const settings = `[databases]
* = host=127.0.0.1 port=${server.port} user=${server.username} password=${server.password}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${sessions}
ignore_startup_parameters = extra_float_digits,options
`;
  await Deno.writeTextFile(`${directory}/pgbouncer.ini`, settings);
  const running = await startProcess({
    directory,
    command: [...unprivileged(ACCOUNT), pgbouncer, `${directory}/pgbouncer.ini`],
    signal: "KILL",
    ready: /process up/,
    failed: /FATAL/,
  });
  return {
    url: (database) => `postgresql://${server.username}@127.0.0.1:${port}/${database}`,
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
