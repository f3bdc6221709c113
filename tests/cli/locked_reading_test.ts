/** Reading while another session has locked a table. */
import assert from "node:assert/strict";
import { listen } from "../../lib/cli/interrupt.ts";
import { sessionFor } from "../../lib/cli/session.ts";
import type { DialectName } from "../../lib/servers/database.ts";
import { DatabaseError } from "../../lib/errors.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";

/** What gives a session a shorter limit, which stays, and asks for its limit in seconds. */
const LIMITS: Readonly<Partial<Record<DialectName, { shorten: string; ask: string }>>> = {
  postgresql: {
    shorten: "SET lock_timeout = 1000",
    ask: "SELECT extract(epoch FROM current_setting('lock_timeout')::interval)::int AS seconds",
  },
  mysql: {
    shorten: "SET SESSION lock_wait_timeout = 1",
    ask: "SELECT @@SESSION.lock_wait_timeout AS seconds",
  },
};

const LOCKS: Readonly<Partial<Record<DialectName, readonly string[]>>> = {
  postgresql: ["BEGIN", "LOCK TABLE locked IN ACCESS EXCLUSIVE MODE"],
  mysql: ["LOCK TABLES locked WRITE"],
};

const WHO: Readonly<Partial<Record<DialectName, RegExp>>> = {
  postgresql: /server process \d+ \(mistral-db-manage\) of user "\w+" from .* has locked a table/,
  mysql: /another session has locked a table/,
};

databaseTest("reading gives up a wait for a lock, and names who has it", async (_t, database) => {
  using interrupt = listen(Deno.env);
  await using other = await database.connect();
  await other.execute(raw("CREATE TABLE locked (a INTEGER)"));
  for (const statement of LOCKS[database.dialect]!) await other.execute(raw(statement));
  const opened = await database.connect();
  await opened.execute(raw(LIMITS[database.dialect]!.shorten));
  await using connection = await sessionFor({ interrupt }, opened);
  await assert.rejects(connection.query(raw("SELECT * FROM locked")), (error: unknown) => {
    assert.ok(error instanceof DatabaseError);
    assert.match(error.message, WHO[database.dialect]!);
    assert.match(error.message, /^Cannot read the database: .*; end that session, or wait .*$/);
    return true;
  });
}, { dialects: ["postgresql", "mysql"] });

databaseTest("reading has a limit, but a shorter one stays", async (_t, database) => {
  using interrupt = listen(Deno.env);
  const { shorten, ask } = LIMITS[database.dialect]!;
  for (const [before, seconds] of [[null, 30], [shorten, 1]] as const) {
    const opened = await database.connect();
    if (before !== null) await opened.execute(raw(before));
    await using connection = await sessionFor({ interrupt }, opened);
    assert.equal(Number((await connection.query(raw(ask)))[0]!.seconds), seconds);
  }
}, { dialects: ["postgresql", "mysql"] });
