/**
 * Runs `deno test` with private database servers, started once and shared by all tests, and ends them
 * afterwards: `deno task test [arguments of deno test]`; without arguments all of them, documented examples too.
 *
 * @module
 */
import { makeCertificates } from "./servers/certificates.ts";
import { startMariadb } from "./servers/mariadb.ts";
import { startMysql } from "./servers/of_another_debian.ts";
import { startPostgresql } from "./servers/postgresql.ts";
import type { PrivateServer } from "./servers/private_server.ts";

const STARTERS = {
  PostgreSQL: startPostgresql,
  MariaDB: startMariadb,
  "MySQL itself": startMysql,
} as const;

/** Starts what can be had here; the rest is said loudly, and its tests count as ignored. */
async function startServers(
  certificates: string,
  servers: AsyncDisposableStack,
): Promise<Record<string, string>> {
  const made = makeCertificates(certificates);
  const start = async ([name, starter]: [string, (folder: string) => Promise<PrivateServer>]) => {
    try {
      await made;
      return servers.use(await starter(certificates)).environment;
    } catch (error) {
      console.error(`SKIPPED: all tests on ${name}: ${(error as Error).message}`);
      return {};
    }
  };
  const environments = await Promise.all(Object.entries(STARTERS).map(start));
  return Object.assign({ TEST_CERTIFICATES: certificates }, ...environments);
}

/** Runs the tests to their end, or to the end that a signal puts to them; gives the exit code. */
async function runTests(env: Record<string, string>): Promise<number> {
  const chosen = Deno.args.length > 0 ? Deno.args : ["--doc"];
  const tests = new Deno.Command(Deno.execPath(), { args: ["test", "-A", ...chosen], env }).spawn();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const forward = signals.map((signal) => [signal, () => tests.kill(signal)] as const);
  forward.forEach(([signal, handler]) => Deno.addSignalListener(signal, handler));
  const { code } = await tests.status;
  forward.forEach(([signal, handler]) => Deno.removeSignalListener(signal, handler));
  return code;
}

async function main(): Promise<number> {
  await using servers = new AsyncDisposableStack();
  const certificates = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  servers.defer(() => Deno.remove(certificates, { recursive: true }));
  // The servers read the authority's certificate under an account of their own.
  await Deno.chmod(certificates, 0o755);
  return await runTests(await startServers(certificates, servers));
}

Deno.exit(await main());
