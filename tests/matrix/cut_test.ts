/**
 * The wire to the server is cut at a message: before the server gets it, before it answers, or when it has
 * answered and nobody hears it. What the run then says of the database is true, and the same command
 * run again ends as if nothing had happened. Tries every message whose number is a multiple of
 * `CUT_EVERY` (unless given, two a work).
 */
import assert from "node:assert/strict";
import { connect } from "../../lib/servers/connecting/connect.ts";
import { currentVersions } from "../../lib/engine/mod.ts";
import type { ConnectionError } from "../../lib/errors.ts";
import { databaseTest, type TestDatabase } from "../tools/databases.ts";
import { type Moment, MOMENTS, startRelay } from "../tools/relay.ts";
import {
  databaseFor,
  Tally,
  undisturbed,
  WORK_NAMES,
  type WorkName,
  WORKS,
} from "../tools/works.ts";
import { sessionWith } from "../tools/sessions.ts";

const EVERY = Deno.env.get("CUT_EVERY");

/** How far apart the messages are; all of it takes about so many. */
const SPARSE: Readonly<Record<WorkName, number>> = {
  "a fresh install": 30,
  "every revision from nothing": 130,
  "019 to head with rows": 80,
  "populate": 12,
  "a downgrade": 18,
  "a stamp": 10,
};

/** What a run that loses its session says of where the database is. */
const NOW = /^The database is at (.+) now$/;

/** What became of a work whose wire was to be cut. */
type End = "told where the database is" | "not told" | "not cut";

/** Does a work through a wire that is cut at a message; it is not if there are fewer messages. */
async function cutAt(
  name: WorkName,
  database: TestDatabase,
  moment: Moment,
  number: number,
): Promise<End> {
  let left = number;
  const dialect = database.dialect as "postgresql" | "mysql";
  await using relay = await startRelay(dialect, 0, { moment, at: () => left-- === 0 });
  const tunnelled = database.url.replace(/:\d+\//, `:${relay.port}/`);
  const { run } = WORKS[name];
  try {
    await using connection = await connect(tunnelled);
    await run(sessionWith(connection, { openAnother: database.connect }));
  } catch (error) {
    const { name: kind, message, done } = error as ConnectionError;
    assert.equal(kind, "ConnectionError", Deno.inspect(error));
    const [, said] = NOW.exec(done ?? "") ?? [];
    // A session that is lost before the run begins says nothing of it.
    if (said === undefined) return "not told";
    await using witness = await database.connect();
    const versions = await currentVersions(witness) ?? [];
    assert.equal(said, versions.join(", ") || "no revision");
    assert.ok(message.includes(`\n  ${done}; run the same command again to continue`), message);
    return "told where the database is";
  }
  // The answer to the last message is not needed.
  return left < 0 ? "not told" : "not cut";
}

for (const name of WORK_NAMES) {
  const every = Number(EVERY ?? SPARSE[name]);
  databaseTest(`cut off anywhere in ${name}, it converges`, async (_t, { dialect }) => {
    const expected = await undisturbed(name, dialect);
    const ends = new Set<End>();
    for (const moment of MOMENTS) {
      using tally = new Tally(`cut off ${moment} a message`, dialect, name);
      for (let message = every - 1;; message += every) {
        await using database = await databaseFor(name, dialect);
        const end = await cutAt(name, database, moment, message);
        if (end === "not cut") break;
        ends.add(end);
        await tally.converges(database, name, expected, `at message ${message}`);
      }
    }
    assert.ok(ends.has("told where the database is"));
  }, { dialects: ["postgresql", "mysql"] });
}
