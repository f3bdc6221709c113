/**
 * Runs `deno test` with private database servers, started once and shared by all tests, and ends them
 * afterwards: `deno task test [arguments of deno test]`; without arguments all of them, documented examples too,
 * in two halves at once. The second half is shown when the first has ended.
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

/** The first half takes as long as all else; each test waits for one process at a time, and leaves a core idle. */
const FIRST_HALF = [
  ...["autogenerate", "cli", "commands", "conformance", "definitions", "dialects", "docs"],
  ...["doctor", "drivers", "inputs", "migrations", "packaging", "pictures", "seeds", "specs"],
].map((folder) => `tests/${folder}`);

const SECOND_HALF = ["--doc", `--ignore=${FIRST_HALF.join(",")}`];

/** What the tests came to, and what they wrote where that was not shown at once. */
interface Ended {
  readonly code: number;
  readonly written: readonly string[];
}

/** Runs tests to their end, or to the end that a signal puts to them. */
async function runTests(args: readonly string[], output: "inherit" | "piped"): Promise<Ended> {
  await using servers = new AsyncDisposableStack();
  const certificates = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  servers.defer(() => Deno.remove(certificates, { recursive: true }));
  // The servers read the authority's certificate under an account of their own.
  await Deno.chmod(certificates, 0o755);
  const env = await startServers(certificates, servers);
  const tests = new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", ...args],
    env,
    stdout: output,
    stderr: output,
  }).spawn();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const forward = signals.map((signal) => [signal, () => tests.kill(signal)] as const);
  forward.forEach(([signal, handler]) => Deno.addSignalListener(signal, handler));
  const texts = output === "piped" ? [tests.stdout.text(), tests.stderr.text()] : [];
  const written = await Promise.all(texts);
  const { code } = await tests.status;
  forward.forEach(([signal, handler]) => Deno.removeSignalListener(signal, handler));
  return { code, written };
}

const ended = Deno.args.length > 0
  ? [await runTests(Deno.args, "inherit")]
  : await Promise.all([runTests(FIRST_HALF, "inherit"), runTests(SECOND_HALF, "piped")]);
for (const text of ended.flatMap(({ written }) => written)) console.log(text);
Deno.exit(Math.max(...ended.map(({ code }) => code)));
