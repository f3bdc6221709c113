/** Literals mean the same whatever the session's settings are. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import type { DialectName } from "../../lib/servers/database.ts";
import { raw, type Value } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";

const SETTINGS: Readonly<Record<DialectName, readonly string[]>> = {
  postgresql: [
    "SET standard_conforming_strings = on",
    "SET standard_conforming_strings = off",
    "SET client_encoding = 'LATIN1'",
  ],
  mysql: [
    "SET sql_mode = ''",
    "SET sql_mode = 'NO_BACKSLASH_ESCAPES'",
    "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
    "SET NAMES utf8mb3",
    "SET NAMES latin1",
  ],
  sqlite: ["PRAGMA encoding"],
};

const TEXTS: readonly string[] = [
  "",
  "plain",
  "it's",
  "''",
  'say "so"',
  "back\\slash",
  "\\'",
  "ends with \\",
  "\\u0041 \\n %s %% :name ? $1",
  "line\nfeed\r\n\ttab",
  "`tick`; -- no comment /* none */",
];

const UNICODE = ["Łódź ✓ 日本語 «é»", "🙂 \\ 'x'", "e\u0301"];

/** Every text comes back from the server as the same characters. */
databaseTest("texts", async (t, database) => {
  const { dialect } = database;
  for (const setting of SETTINGS[dialect]) {
    await t.step(setting, async () => {
      await using connection = await database.connect();
      await connection.query(raw(setting)).catch(() => connection.execute(raw(setting)));
      const narrow = /latin1|utf8mb3/i.test(setting);
      for (const text of narrow ? TEXTS : [...TEXTS, ...UNICODE]) {
        const [row] = await connection.query(
          raw(`SELECT ${dialects[dialect].spelling.literal(text)} AS v`),
        );
        assert.equal(row!.v, text);
      }
    });
  }
});

databaseTest(
  "characters arrive whole whatever the client's character set is",
  async (_t, database) => {
    await using connection = await database.connect();
    await connection.execute(raw("CREATE TABLE t (v VARCHAR(40))"));
    for (const names of ["utf8mb4", "utf8mb3", "latin1"]) {
      await connection.execute(raw(`SET NAMES ${names}`));
      await connection.execute(
        raw(`INSERT INTO t VALUES (${dialects.mysql.spelling.literal("Łódź é")})`),
      );
    }
    const rows = await connection.query(raw("SELECT DISTINCT HEX(v) AS v FROM t"));
    assert.deepEqual(rows.map(({ v }) => v), [
      new TextEncoder().encode("Łódź é").toHex().toUpperCase(),
    ]);
  },
  { dialects: ["mysql"] },
);

databaseTest("NUL", async (_t, { dialect, connect }) => {
  await using connection = await connect();
  // As hexadecimal, since SQLite's driver reads text up to the first NUL.
  const [row] = await connection.query(
    raw(`SELECT HEX(${dialects[dialect].spelling.literal("a\0b")}) AS v`),
  );
  assert.equal(row!.v, "610062");
}, { dialects: ["mysql", "sqlite"] });

databaseTest("everything but text", async (_t, { dialect, connect }) => {
  await using connection = await connect();
  const literal = dialects[dialect].spelling.literal;
  const values: readonly Value[] = [null, 0, -7, 12n, true, false];
  const [row] = await connection.query(
    raw(`SELECT ${values.map((value, index) => `${literal(value)} AS v${index}`).join(", ")}`),
  );
  const expected = dialect === "postgresql"
    ? [null, 0, -7, 12, true, false]
    : [null, 0, -7, 12, 1, 0];
  assert.deepEqual(Object.values(row!), expected);
  const bytes = new Uint8Array([0, 255, 39, 92]);
  const [binary] = await connection.query(raw(`SELECT ${literal(bytes)} AS v`));
  assert.deepEqual([...binary!.v as Uint8Array], [...bytes]);
});
