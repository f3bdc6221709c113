/**
 * The server's disk is full: the run fails in the server's words, says what is kept and what to do, and when
 * there is room again the same command ends as if nothing had happened.
 */
import assert from "node:assert/strict";
import type { Database } from "../../lib/servers/database.ts";
import { currentVersions } from "../../lib/engine/mod.ts";
import type { EngineEvent } from "../../lib/engine/events.ts";
import { OperatorError } from "../../lib/errors.ts";
import { isAvailable, type TestDatabase } from "../tools/databases.ts";
import { isSkipped, mounts } from "../tools/needs.ts";
import { startOwn } from "../tools/servers/own_server.ts";
import { databaseFor, Tally, undisturbed, type WorkName, WORKS } from "../tools/works.ts";

const WORKS_TRIED: readonly WorkName[] = ["every revision from nothing", "019 to head with rows"];

/** When the disk becomes full, and what cannot be done then. */
interface Point {
  readonly name: string;
  readonly is: (event: EngineEvent) => boolean;
  readonly fails: RegExp;
  /** What is kept, for a server that cannot roll back changes of the schema, after the revisions. */
  readonly steps?: RegExp;
}

const POINTS: readonly Point[] = [
  {
    name: "before the first migration",
    is: ({ kind }) => kind === "planned",
    // PostgreSQL still has room for what 020 and 021 add to its catalogs.
    fails: /^Cannot (begin the upgrade|apply 02[02]) on /,
  },
  {
    name: "in the middle of a migration",
    is: (event) => event.kind === "executed" && event.revision === "022",
    fails: /^Cannot apply 022 on /,
    steps: /^ and [1-8] of 9 steps of 022$/,
  },
  {
    name: "between two migrations",
    is: (event) => event.kind === "applied" && event.revision === "023",
    fails: /^Cannot apply 024 on /,
  },
];

/** Leaves no room on the disk of a directory. */
function fill(directory: string): void {
  const args = ["if=/dev/zero", `of=${directory}/filler`, "bs=64k", "status=none"];
  assert.ok(!new Deno.Command("dd", { args, stderr: "null" }).outputSync().success);
}

/** Does a work until the disk is full at a point; gives the error, and the revisions that were applied. */
async function fillDuring(
  name: WorkName,
  point: Point,
  database: TestDatabase,
  directory: string,
): Promise<{ readonly error: OperatorError; readonly applied: readonly string[] }> {
  await using connection = await database.connect();
  let isFull = false;
  const applied: string[] = [];
  const onEvent = (event: EngineEvent) => {
    if (event.kind === "applied") applied.push(event.revision);
    if (isFull || !point.is(event)) return;
    isFull = true;
    fill(directory);
  };
  const options = { lockTimeoutSeconds: 5, onEvent };
  const error = await WORKS[name].run(connection, options).then(() => null, (error) => error);
  assert.ok(isFull && error instanceof OperatorError, String(error));
  return { error, applied };
}

/** What is kept is what the version table says, and what the error says. */
async function assertKept(
  { message, done, remedy }: OperatorError,
  applied: readonly string[],
  steps: RegExp | undefined,
  connection: Database,
): Promise<void> {
  const last = applied.at(-1);
  if (last) assert.deepEqual(await currentVersions(connection), [last]);
  const revisions = applied.length > 1 ? `${applied[0]} to ${last}` : last ?? "";
  const kept = done ?? "";
  assert.ok(kept.startsWith(revisions), kept);
  assert.match(
    kept.slice(revisions.length),
    connection.server.rules.dialect === "mysql" && steps || /^$/,
  );
  assert.ok(message.endsWith(`  Done before the failure: ${kept || "nothing"}; ${remedy}`));
  assert.match(remedy!, /run the same command again to continue$/);
}

for (const dialect of ["postgresql", "mysql"] as const) {
  const ignore = !isAvailable(dialect) || await isSkipped(`a full disk on ${dialect}`, mounts);
  Deno.test(`a disk that is full (${dialect})`, { ignore }, async () => {
    await using server = await startOwn(dialect, { diskMegabytes: 400 });
    const { url, directory } = server;
    for (const name of WORKS_TRIED) {
      const expected = await undisturbed(name, dialect, url);
      using tally = new Tally("disk full", dialect, name);
      for (const point of POINTS) {
        await using database = await databaseFor(name, dialect, url);
        const { error, applied } = await fillDuring(name, point, database, directory);
        assert.match(error.message, point.fails);
        assert.match(error.message, /No space left on device/);
        await Deno.remove(`${directory}/filler`);
        await using connection = await database.connect();
        await assertKept(error, applied, point.steps, connection);
        await tally.converges(database, name, expected, point.name);
      }
    }
  });
}
