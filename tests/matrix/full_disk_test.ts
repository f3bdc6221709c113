/**
 * The server's disk is full: the run fails in the server's words, and when there is room again the same
 * command ends as if nothing had happened.
 */
import assert from "node:assert/strict";
import { makeCertificates } from "../tools/servers/certificates.ts";
import { startMariadb } from "../tools/servers/mariadb.ts";
import { startPostgresql } from "../tools/servers/postgresql.ts";
import { run } from "../tools/servers/process.ts";
import { isAvailable } from "../tools/databases.ts";
import {
  databaseFor,
  disturbed,
  Tally,
  undisturbed,
  type WorkName,
  WORKS,
} from "../tools/works.ts";

const STARTERS = {
  postgresql: { start: startPostgresql, url: "TEST_POSTGRESQL_URL" },
  mysql: { start: startMariadb, url: "TEST_MYSQL_URL" },
} as const;

const WORKS_TRIED: readonly WorkName[] = ["every revision from nothing", "019 to head with rows"];

/** Statements at which there is no room any more. */
const POINTS = [5, 30, 50];

/** Leaves no room on the disk of a directory. */
async function fill(directory: string): Promise<void> {
  await run(["dd", "if=/dev/zero", `of=${directory}/filler`, "bs=64k", "status=none"]).catch(
    () => {},
  );
}

for (const dialect of ["postgresql", "mysql"] as const) {
  const ignore = !isAvailable(dialect) || Deno.uid() !== 0;
  if (Deno.uid() !== 0) console.error(`SKIPPED: a full disk on ${dialect}: only root can make one`);
  Deno.test(`a disk that is full (${dialect})`, { ignore }, async () => {
    const certificates = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
    await Deno.chmod(certificates, 0o755);
    await makeCertificates(certificates);
    const { start, url: variable } = STARTERS[dialect];
    await using server = await start(certificates, { diskMegabytes: 400 });
    const url = server.environment[variable]!;
    for (const name of WORKS_TRIED) {
      const expected = await undisturbed(name, dialect, url);
      using tally = new Tally("disk full", dialect, name);
      for (const point of POINTS) {
        await using database = await databaseFor(name, dialect, url);
        {
          await using connection = await database.connect();
          const doomed = disturbed(connection, point, () => fill(server.directory));
          await assert.rejects(
            WORKS[name].run(doomed, { openAnother: database.connect, lockTimeoutSeconds: 5 }),
            /No space left on device[^]*run the same command again to go on/,
          );
        }
        await Deno.remove(`${server.directory}/filler`);
        await tally.converges(database, name, expected, `at statement ${point}`);
      }
    }
    await Deno.remove(certificates, { recursive: true });
  });
}
