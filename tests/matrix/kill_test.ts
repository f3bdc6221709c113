/**
 * Killed before any statement, the same command run again ends as if nothing had happened. Tries every
 * statement whose number is a multiple of `KILL_EVERY` (unless given, a few a work), and prints how many.
 */
import assert from "node:assert/strict";
import { databaseTest } from "../tools/databases.ts";
import { killed } from "../tools/processes.ts";
import { databaseFor, Tally, undisturbed, WORK_NAMES, type WorkName } from "../tools/works.ts";

const EVERY = Deno.env.get("KILL_EVERY");

/** How far apart the statements are that make five tries; all of it is about so many. */
const SPARSE: Readonly<Record<WorkName, number>> = {
  "a fresh install": 16,
  "every revision from nothing": 75,
  "019 to head with rows": 40,
  "populate": 2,
  "a downgrade": 2,
  "a stamp": 2,
};

for (const name of WORK_NAMES) {
  const every = Number(EVERY ?? SPARSE[name]);
  databaseTest(`killed anywhere in ${name}, it converges`, async (_t, { dialect }) => {
    const expected = await undisturbed(name, dialect);
    using tally = new Tally("killed", dialect, name);
    for (let statement = 0;; statement += every) {
      await using database = await databaseFor(name, dialect);
      if (!await killed(name, database, statement)) break;
      await tally.converges(database, name, expected, `before statement ${statement}`);
    }
    assert.ok(expected.schema.length > 0);
  });
}
