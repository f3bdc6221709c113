/** Following a long statement from a second session. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import type { DialectName } from "../../lib/servers/database.ts";
import { type Progress, Watch } from "../../lib/engine/account/watch.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { sessionWith } from "../tools/sessions.ts";

/** Tables that take a server some hundred milliseconds, and what does. */
const LONG: Readonly<Partial<Record<DialectName, { make: readonly string[]; work: string }>>> = {
  postgresql: {
    make: ["CREATE TABLE long AS SELECT md5(n::text) AS a FROM generate_series(1, 400000) AS n"],
    work: "CREATE INDEX a ON long (a)",
  },
  mysql: {
    make: ["CREATE TABLE `long` (a CHAR(32)) SELECT MD5(seq) AS a FROM seq_1_to_400000"],
    work: "ALTER TABLE `long` MODIFY a VARCHAR(40), ALGORITHM=COPY",
  },
};

databaseTest("a second session sees how far a statement is", async (_t, database) => {
  await using connection = await database.connect();
  const server = dialects[database.dialect];
  const { make, work } = LONG[database.dialect]!;
  const facts = await server.catalog.readFacts(connection);
  if (facts.version.product === "MySQL") return;
  for (const statement of make) await connection.execute(raw(statement));
  const seen: Progress[] = [];
  let sessions = 0;
  const open = () => {
    sessions++;
    return database.connect();
  };
  const options = {
    database: sessionWith(connection, { openAnother: open }),
    ...{ facts, longMs: 10, intervalMs: 5 },
  };
  await using watch = await Watch.begin(options);
  await watch!.during(connection.execute(raw(work)), (progress) => seen.push(progress));
  assert.ok(seen.length > 1, "the statement was over too soon");
  for (const { phase, done, total } of seen) {
    assert.ok(phase !== null && done >= 0 && total! > 0);
    assert.ok(done <= total!, `${done} of ${total}`);
  }
  assert.ok(seen.some(({ done }) => done > 0));
  // A statement that is not long needs no second session, and one is enough for all.
  await watch!.during(connection.execute(raw("SELECT 1")), () => {});
  assert.equal(sessions, 1);
}, { dialects: ["postgresql", "mysql"] });

databaseTest("a watch that fails does not stop what is watched", async (_t, database) => {
  await using connection = await database.connect();
  const server = dialects[database.dialect];
  const facts = await server.catalog.readFacts(connection);
  const open = () => Promise.reject(new Error("too many sessions"));
  await using watch = await Watch.begin({
    database: sessionWith(connection, { openAnother: open }),
    ...{ facts, longMs: 1 },
  });
  const pause = database.dialect === "mysql" ? "DO SLEEP(0.1)" : "SELECT pg_sleep(0.1)";
  await watch!.during(connection.execute(raw(pause)), () => assert.fail());
}, { dialects: ["postgresql", "mysql"] });
