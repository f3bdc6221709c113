/**
 * `deno task test:matrix`: the schemas of all revisions, and what a plan says of locks, on every
 * version of the servers that can be had, and every disturbance that is tried; the last lines name each,
 * and those that could not be had. Updates the table in `docs/reliability.md`.
 *
 * @module
 */
import type { PrivateServer } from "./servers/private_server.ts";
import { writeReliability } from "./reliability.ts";
import { POSTGRESQL_VERSIONS, unpackPostgresql } from "./servers/embedded_postgresql.ts";
import { startMysql, startOtherMariadb } from "./servers/of_another_debian.ts";

const LOCKS = "tests/matrix/effects_test.ts";

/** The reference is of MariaDB and PostgreSQL: MySQL itself shows some types in other words. */
const SCHEMAS = "tests/matrix/schema_test.ts";

const SETTINGS = "tests/servers/session_settings_test.ts";

const COLLATIONS = "tests/matrix/collation_test.ts";

const RUN_TESTS = new URL("run_tests.ts", import.meta.url).pathname;

/** What all tests have proven so far, a line each. */
const said: string[] = [];

/** Runs tests, and shows only what proves or fails. */
async function runTests(args: readonly string[], env: Record<string, string>): Promise<boolean> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...env, NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const proofs = text.match(/^.*: (predicted|\d+ (points|rounds) tried).*$/gm) ?? [];
  for (const line of success ? proofs : [text]) console.log(line);
  said.push(...proofs);
  return success;
}

const onPrivateServers = (filter: string, env: Record<string, string>): Promise<boolean> =>
  runTests(["run", "-A", RUN_TESTS, "--filter", filter, LOCKS, SCHEMAS, SETTINGS], env);

/** What becomes of the tests on one server. */
type Trial = () => Promise<boolean>;

async function onPostgresql(major: string): Promise<boolean> {
  const folder = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    await Deno.chmod(folder, 0o755);
    const programs = await unpackPostgresql(major, `${folder}/${major}`);
    return await onPrivateServers("(postgresql)", { TEST_POSTGRESQL_BIN: programs });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function onForeign(start: () => Promise<PrivateServer>): Promise<boolean> {
  await using server = await start();
  return await runTests(["test", "-A", "--filter", "(mysql)", LOCKS, SETTINGS, COLLATIONS], {
    // Without TLS, a server that has forgotten the password is given it under a key of its own.
    TEST_MYSQL_URL: `${server.url}?get_server_public_key=true`,
  });
}

const DISTURBED = ["kill", "cut", "crash", "full_disk", "crowd", "script"].map((name) =>
  `tests/matrix/${name}_test.ts`
).concat("tests/plan/half_way_test.ts");

/** Killed at every statement, cut off at every message, and the server killed at every fifth, on the servers of this system. */
const disturbedEverywhere: Trial = () =>
  runTests(["run", "-A", RUN_TESTS, ...DISTURBED], {
    KILL_EVERY: "1",
    CUT_EVERY: "1",
    CRASH_EVERY: "5",
    CROWD: "16",
    HALF_WAY_EVERY: "1",
    SCRIPT_RANGES: "100",
  });

/** Races on a Galera cluster, and nodes that are killed. */
const onGalera: Trial = () =>
  runTests(["test", "-A", "tests/matrix/galera_test.ts"], { GALERA_ROUNDS: "20" });

/** What is made for machines that nobody has here. */
const archives: Trial = () =>
  runTests(["test", "-A", "tests/packaging/other_machines_test.ts"], { FOREIGN_ARCHIVES: "1" });

const TRIALS: Readonly<Record<string, Trial>> = {
  "files for other machines": archives,
  "disturbed everywhere": disturbedEverywhere,
  "Galera": onGalera,
  "MariaDB of this system": () => onPrivateServers("(mysql)", {}),
  ...Object.fromEntries(
    Object.keys(POSTGRESQL_VERSIONS).map((major) => [
      `PostgreSQL ${major}`,
      () => onPostgresql(major),
    ]),
  ),
  "MySQL itself": () => onForeign(startMysql),
  "MariaDB of another Debian": () => onForeign(startOtherMariadb),
};

async function main(): Promise<number> {
  const results: string[] = [];
  let failed = 0;
  for (const [name, trial] of Object.entries(TRIALS)) {
    try {
      const passed = await trial();
      if (!passed) failed++;
      results.push(`${name}: ${passed ? "passed" : "FAILED"}`);
    } catch (error) {
      results.push(`${name}: NOT TRIED: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  for (const line of results) console.log(line);
  await writeReliability(said.join("\n"));
  return failed === 0 ? 0 : 1;
}

Deno.exit(await main());
