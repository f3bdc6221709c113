/**
 * The server's disk is full: the run fails in the server's words, and when there is room again the same
 * command ends as if nothing had happened.
 */
import assert from "node:assert/strict";
import { isSkipped, mounts } from "../tools/needs.ts";
import { startOwn } from "../tools/servers/own_server.ts";
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
  const ignore = !isAvailable(dialect) || await isSkipped(`a full disk on ${dialect}`, mounts);
  Deno.test(`a disk that is full (${dialect})`, { ignore }, async () => {
    await using server = await startOwn(dialect, { diskMegabytes: 400 });
    const { url } = server;
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
            // Before the first migration there is nothing yet to go on with.
            point === POINTS[0]
              ? /No space left on device/
              : /No space left on device[^]*run the same command again to go on/,
          );
        }
        await Deno.remove(`${server.directory}/filler`);
        await tally.converges(database, name, expected, `at statement ${point}`);
      }
    }
  });
}
