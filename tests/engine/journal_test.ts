/** The account of who applied what, and when. */
import assert from "node:assert/strict";
import { adopt, downgrade, type EngineEvent, stamp, upgrade } from "../../lib/engine/mod.ts";
import { type JournalEntry, readJournal } from "../../lib/engine/account/journal.ts";
import { verify } from "../../lib/engine/drift/verify.ts";
import { populate } from "../../lib/seeds/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { foldedSchema, graph, head, liveSchema, upgradeTo } from "../tools/migrations.ts";

const author = (runId: string) => ({
  runId,
  user: "root@controller",
  program: "mistral-db-manage 0",
});

const shortOf = ({ run, action, from, revision }: JournalEntry) => [run, action, from, revision];

databaseTest("what is applied is written down, by whom and when", async (_t, database) => {
  await using connection = await database.connect();
  const before = Date.now() - 2000;
  await upgradeTo(connection, "001");
  assert.equal(await readJournal(connection), null);
  await upgrade(connection, graph, "003", { author: author("a") });
  await upgrade(connection, graph, "003", { author: author("b") });
  await stamp(connection, graph, "004", { author: author("c") });
  await connection.execute(raw("UPDATE alembic_version SET version_num = '002'"));
  await adopt(connection, graph, { author: author("d") });
  await downgrade(connection, graph, "002", { author: author("e") }).catch(() => {});
  const entries = (await readJournal(connection))!;
  assert.deepEqual(entries.map(shortOf).slice(0, 4), [
    ["a", "upgrade", "001", "002"],
    ["a", "upgrade", "002", "003"],
    ["c", "stamp", "003", "004"],
    ["d", "adopt", "002", "003"],
  ]);
  for (const { started, seconds, systemUser, program, databaseUser } of entries) {
    assert.ok(Date.parse(started) >= before && Date.parse(started) <= Date.now() + 1000, started);
    assert.ok(seconds !== null && seconds >= 0 && seconds < 60);
    assert.deepEqual([systemUser, program], ["root@controller", "mistral-db-manage 0"]);
    assert.equal(databaseUser === "", connection.server.rules.dialect === "sqlite");
  }
});

databaseTest("the account is no part of the schema", async (_t, database) => {
  await using connection = await database.connect();
  await upgrade(connection, graph, "head", { author: author("a"), direct: true });
  assert.deepEqual((await readJournal(connection))!.map(shortOf), [["a", "upgrade", "", head]]);
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, head));
  assert.deepEqual((await verify(connection, graph)).findings, []);
  await populate(connection, graph, { author: author("p") });
  assert.deepEqual((await readJournal(connection))!.map(shortOf).at(-1), [
    "p",
    "populate",
    head,
    head,
  ]);
});

databaseTest(
  "a run that fails leaves what it has begun, or nothing of it",
  async (_t, database) => {
    await using connection = await database.connect();
    await upgradeTo(connection, "001");
    const controller = new AbortController();
    let left = 3;
    const onEvent = ({ kind }: EngineEvent) => {
      if (kind === "executed" && --left === 0) controller.abort(new Error("enough"));
    };
    const { signal } = controller;
    await assert.rejects(
      upgrade(connection, graph, "006", { signal, onEvent, author: author("a") }),
      /enough/,
    );
    const kept = (await readJournal(connection))!;
    const open = kept.filter(({ seconds }) => seconds === null);
    assert.equal(open.length > 0, connection.server.rules.dialect === "mysql");
    await upgrade(connection, graph, "006", { author: author("b") });
    const entries = (await readJournal(connection))!;
    assert.deepEqual(entries.slice(0, kept.length), kept);
    assert.ok(entries.slice(kept.length).every(({ seconds }) => seconds !== null));
    assert.equal(entries.at(-1)!.revision, "006");
  },
);
