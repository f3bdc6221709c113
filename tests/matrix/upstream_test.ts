/** The real tool and this one take turns on one database, and neither notices. */
import assert from "node:assert/strict";
import { currentVersions } from "../../lib/engine/mod.ts";
import { migrations } from "../../migrations/mod.ts";
import { type Catalog, readCatalog } from "../tools/catalog.ts";
import { freshDatabase, isAvailable } from "../tools/databases.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { foldedSchema, liveSchema, upgradeTo } from "../tools/migrations.ts";
import { isSkipped } from "../tools/needs.ts";
import { randomFrom, seedOf } from "../tools/random.ts";
import { findUpstream, upstream } from "../tools/upstream.ts";

/** The newest revision of Debian 12's mistral 15.0.0. */
const NEWEST = 41;

/** How often each of the two has a turn; upstream's takes two seconds. */
const TURNS = 3;

const cannot = await isSkipped("taking turns with upstream's tool", findUpstream);

/** Revisions to stop at, each after the one before, the newest at the end. */
function stops(random: (limit: number) => number): readonly string[] {
  const chosen = new Set([NEWEST]);
  while (chosen.size < 2 * TURNS) chosen.add(1 + random(NEWEST - 1));
  return [...chosen].sort((left, right) => left - right).map((at) => migrations[at - 1]!.id);
}

for (const dialect of ["postgresql", "mysql"] as const) {
  Deno.test({
    name: `upstream's tool and this one take turns (${dialect})`,
    ignore: cannot || !isAvailable(dialect),
    fn: async () => {
      const seed = seedOf("TEST_SEED");
      const random = randomFrom(seed);
      const weAreFirst = random(2);
      const turns = stops(random);
      console.log(
        `TEST_SEED=${seed}: ${turns.join(", ")}, ${weAreFirst ? "we" : "upstream"} first`,
      );
      await using database = await freshDatabase(dialect);
      await using connection = await database.connect();
      for (const [turn, revision] of turns.entries()) {
        if ((turn + weAreFirst) % 2 === 1) await upgradeTo(connection, revision);
        else await upstream(database, "upgrade", revision);
        assert.deepEqual(await currentVersions(connection), [revision]);
        assert.deepEqual(
          await liveSchema(connection),
          foldedSchema(connection, revision),
          revision,
        );
      }
      const path = `schema/${dialect}/0${NEWEST}.json`;
      const { tables } = await jsonFixture<{ tables: Catalog }>(path);
      assert.deepEqual(await readCatalog(connection), tables);
      assert.equal((await upstream(database, "current")).trim(), `0${NEWEST} (head)`);
    },
  });
}
