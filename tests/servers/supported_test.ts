/** Servers that are too old are named, with those that are supported. */
import assert from "node:assert/strict";
import { whyUnsupported } from "../../lib/servers/supported.ts";
import { dialects } from "../../lib/servers/mod.ts";
import type { ServerVersion } from "../../lib/servers/effect.ts";
import { databaseTest } from "../tools/databases.ts";

databaseTest("the servers of the tests are supported", async (_t, database) => {
  await using connection = await database.connect();
  const version = await dialects[database.dialect].catalog.readVersion(connection);
  assert.equal(whyUnsupported(version), null);
});

const OLD: readonly ServerVersion[] = [
  { product: "PostgreSQL", version: [11, 22, 0] },
  { product: "MariaDB", version: [10, 5, 29] },
  { product: "MySQL", version: [5, 7, 44] },
];

for (const server of OLD) {
  Deno.test(`too old: ${server.product} ${server.version.join(".")}`, () => {
    assert.match(
      whyUnsupported(server)!,
      /^The server is \w+ [\d.]+, older than [\d.]+, the oldest/,
    );
  });
}
