/**
 * The server is killed while a run works, and started again: the same command run again ends as if
 * nothing had happened. Tries every statement whose number is a multiple of `CRASH_EVERY` (unless given,
 * one or two a work).
 */
import assert from "node:assert/strict";
import { startOwn } from "../tools/servers/own_server.ts";
import type { PrivateServer } from "../tools/servers/private_server.ts";
import { isAvailable } from "../tools/databases.ts";
import {
  databaseFor,
  disturbed,
  Tally,
  undisturbed,
  WORK_NAMES,
  type WorkName,
  WORKS,
} from "../tools/works.ts";

const EVERY = Deno.env.get("CRASH_EVERY");

/** How far apart the statements are. */
const SPARSE: Readonly<Record<WorkName, number>> = {
  "a fresh install": 20,
  "every revision from nothing": 120,
  "019 to head with rows": 70,
  "populate": 3,
  "a downgrade": 9,
  "a stamp": 5,
};

/** Does a work on a server that is killed at a statement; false if there are fewer. */
async function crashedAt(
  server: PrivateServer,
  name: WorkName,
  database: Awaited<ReturnType<typeof databaseFor>>,
  number: number,
): Promise<boolean> {
  let restarting: Promise<void> | undefined;
  await using connection = await database.connect();
  // The statement is on its way while the server dies.
  const doomed = disturbed(connection, number, () => {
    restarting = server.restart();
  });
  try {
    await WORKS[name].run(doomed);
  } catch (error) {
    assert.equal((error as Error).name, "ConnectionError", Deno.inspect(error));
  }
  await restarting;
  return restarting !== undefined;
}

for (const dialect of ["postgresql", "mysql"] as const) {
  Deno.test(
    `a server that is killed (${dialect})`,
    { ignore: !isAvailable(dialect) },
    async (t) => {
      // One that keeps what it has committed.
      await using server = await startOwn(dialect, { durable: true });
      const { url } = server;
      for (const name of WORK_NAMES) {
        await t.step(name, async () => {
          const every = Number(EVERY ?? SPARSE[name]);
          const expected = await undisturbed(name, dialect, url);
          using tally = new Tally("server killed", dialect, name);
          for (let statement = every - 1;; statement += every) {
            await using database = await databaseFor(name, dialect, url);
            if (!await crashedAt(server, name, database, statement)) break;
            await tally.converges(database, name, expected, `at statement ${statement}`);
          }
        });
      }
    },
  );
}
