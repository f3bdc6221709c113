/** Servers that are too old are named, with those that are supported. */
import assert from "node:assert/strict";
import { whyUnsupported } from "../../lib/servers/supported.ts";
import { dialects } from "../tools/dialects.ts";
import type { ServerVersion } from "../../lib/servers/effect.ts";
import type { Server } from "../../lib/servers/server.ts";
import { databaseTest } from "../tools/databases.ts";

databaseTest("the servers of the tests are supported", async (_t, database) => {
  await using connection = await database.connect();
  const { server } = connection;
  const version = await server.catalog.readVersion(connection);
  assert.equal(whyUnsupported(server, version), null);
});

const OLD: readonly (readonly [Server, ServerVersion])[] = [
  [dialects.postgresql, { product: "PostgreSQL", version: [11, 22, 0] }],
  [dialects.mysql, { product: "MariaDB", version: [10, 5, 29] }],
  [dialects.mysql, { product: "MySQL", version: [5, 7, 44] }],
];

for (const [server, version] of OLD) {
  Deno.test(`too old: ${version.product} ${version.version.join(".")}`, () => {
    assert.match(
      whyUnsupported(server, version)!,
      /^The server is \w+ [\d.]+, older than [\d.]+, the oldest/,
    );
  });
}
