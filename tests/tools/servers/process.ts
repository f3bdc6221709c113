/**
 * Starting a database server that nobody else uses, and that ends with the tests.
 *
 * @module
 */
import { createServer } from "node:net";

const SUPERVISE = new URL("./supervise.sh", import.meta.url).pathname;
const START_TIMEOUT_MS = 90_000;

/** Which program to run as a server, and how to see that it is up. */
export interface ServerProcess {
  /** Own directory of the server; removed at the end. */
  readonly directory: string;
  readonly command: readonly string[];
  /** What ends it quickly: `QUIT`, `TERM`, `KILL`. */
  readonly signal: string;
  /** What its log says when it takes connections. */
  readonly ready: RegExp;
  /** What its log says when it has given up. */
  readonly failed: RegExp;
}

/** Runs a program to its end and gives what it printed; throws when it fails. */
export async function run(command: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command[0]!, {
    args: command.slice(1),
    cwd: "/",
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${command.join(" ")}: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}

/**
 * The command put before a server's own, so that it does not run as root, which both servers refuse.
 *
 * @param account The account of the server's Debian package.
 */
export function unprivileged(account: string): readonly string[] {
  if (Deno.uid() !== 0) return [];
  return ["setpriv", `--reuid=${account}`, `--regid=${account}`, "--clear-groups", "--"];
}

/** A new directory in which only a server's account can write, on a disk of its own if its size is given. */
export async function serverDirectory(account: string, diskMegabytes?: number): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  if (diskMegabytes !== undefined) {
    await run(["mount", "-t", "tmpfs", "-o", `size=${diskMegabytes}m`, "tmpfs", directory]);
  }
  await Deno.chmod(directory, 0o755);
  if (Deno.uid() === 0) await run(["chown", `${account}:${account}`, directory]);
  return directory;
}

/** A TCP port of 127.0.0.1 on which nobody listens. */
export function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer().once("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as { port: number };
    server.close(() => resolve(port));
  });
  return promise;
}

/** A server that runs; disposing ends it. */
export interface RunningServer extends AsyncDisposable {
  /** Kills it, as a power cut does, starts it again, and waits until it takes connections. */
  restart(): Promise<void>;
}

/** Starts a server and waits until it takes connections. */
export async function startProcess(server: ServerProcess): Promise<RunningServer> {
  const child = new Deno.Command("sh", {
    args: [SUPERVISE, server.directory, server.signal, ...server.command],
    cwd: "/",
    stdin: "piped",
  }).spawn();
  const commands = child.stdin.getWriter();
  const end = async () => {
    await commands.close();
    await child.status;
  };
  try {
    await untilReady(server);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    async restart() {
      await Deno.truncate(`${server.directory}/log`);
      await commands.write(new TextEncoder().encode("restart\n"));
      await untilReady(server);
    },
    [Symbol.asyncDispose]: end,
  };
}

async function untilReady(server: ServerProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const log = await Deno.readTextFile(`${server.directory}/log`).catch(() => "");
    if (server.ready.test(log)) return;
    if (server.failed.test(log) || Date.now() > deadline) {
      throw new Error(`${server.command.join(" ")} did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
