/** A server that resembles another is a value made of it, and everything works with it. */
import assert from "node:assert/strict";
import { previewOffline } from "../../lib/engine/explanation/preview.ts";
import { upgrade, upgradeScript } from "../../lib/engine/mod.ts";
import { connect } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { driverOf, loadServer, register } from "../../lib/servers/drivers.ts";
import { postgresqlDriver } from "../../lib/servers/postgresql/driver.ts";
import { postgresql } from "../../lib/servers/postgresql/mod.ts";
import type { Server } from "../../lib/servers/server.ts";
import { migrations } from "../../migrations/mod.ts";
import { databaseTest } from "../tools/databases.ts";
import { graph } from "../tools/migrations.ts";

const locked: string[] = [];

/** As CockroachDB: tables are rebuilt while others use them, and nobody sees what a session does. */
const cockroachdb: Server = {
  ...postgresql,
  name: "cockroachdb",
  effects: (step, facts) =>
    postgresql.effects(step, facts).map((effects) =>
      effects.map(({ table }) => ({ table, lock: "none", blocks: "nothing", method: "rebuild" }))
    ),
  locks: {
    ...postgresql.locks,
    observation: null,
    async lock(database, options) {
      locked.push(database.server.name);
      return await postgresql.locks.lock(database, options);
    },
  },
};

register("cockroachdb", {
  ...postgresqlDriver,
  title: "CockroachDB",
  names: ["cockroachdb", "crdb"],
  load: () => Promise.resolve(cockroachdb),
});

Deno.test("a flavour is found by its name and its URLs", async () => {
  assert.equal(await loadServer("cockroachdb"), cockroachdb);
  const settings = connectionSettings(new Secret("crdb+psycopg2://u@h/mistral"));
  assert.equal(settings.server, "cockroachdb");
  assert.equal(await driverOf(settings).load(), cockroachdb);
});

Deno.test("the scripts of all revisions are written for a flavour", () => {
  for (const { id, down } of migrations) {
    const range = `${down ?? "base"}:${id}`;
    const [own, other] = [cockroachdb, postgresql].map((server) =>
      upgradeScript(graph, range, server, { generator: "test" }).join("")
    );
    assert.match(own!, /INSERT INTO|UPDATE/, range);
    // What a migration has for PostgreSQL alone counts for its flavours.
    assert.equal(own, other, range);
  }
});

Deno.test("a plan for a flavour has the flavour's effects", () => {
  const blockOn = (server: Server) =>
    previewOffline(graph, "019:head", server).explanation.totals.longestBlock;
  assert.notEqual(blockOn(postgresql), null);
  assert.equal(blockOn(cockroachdb), null);
});

databaseTest("a flavour's own lock is taken", async (_t, { url }) => {
  await using database = await connect(url.replace(/^\w+/, "crdb"));
  assert.equal(database.server, cockroachdb);
  await upgrade(database, graph, "head");
  assert.deepEqual(locked, ["cockroachdb"]);
}, { dialects: ["postgresql"] });
