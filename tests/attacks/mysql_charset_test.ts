/** Text arrives as it is, whatever a server, a proxy or a URL says about character sets. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import { Buffer } from "node:buffer";
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { ConnectionError, OperatorError } from "../../lib/errors.ts";
import { inlined } from "../../lib/sql/literals.ts";
import { raw, sql } from "../../lib/sql/statement.ts";
import { databaseTest, isAvailable } from "../tools/databases.ts";
import { runHere } from "../tools/in_process.ts";
import { startOwn } from "../tools/servers/own_server.ts";
import { rows, startRogueMysql } from "./tools/rogue_mysql.ts";

const TEXT = "Grüße 縗'\\` 表ソ 😀 ħŠ";
const ACTION = `version: 2.0\nsite.a:\n  description: "${
  TEXT.replaceAll("\\", "\\\\")
}"\n  base: std.echo\n`;
const HEX = Buffer.from(ACTION).toString("hex").toUpperCase();

/** What makes a server read text in another character set than the client says. */
const SERVERS: Readonly<Record<string, readonly string[]>> = {
  "init-connect='SET NAMES utf8'": ["--init-connect=SET NAMES utf8"],
  "latin1 and skip-character-set-client-handshake": [
    ...["--character-set-server=latin1", "--collation-server=latin1_swedish_ci"],
    "--skip-character-set-client-handshake",
  ],
};

const CHARSETS = ["", "?charset=utf8", "?charset=gbk"];

/** Whom `init-connect` concerns: not those who may do everything. */
const USER = [
  "CREATE USER mistral_only@'%' IDENTIFIED BY 'tell-nobody'",
  "GRANT ALL ON texts.* TO mistral_only@'%'",
];

for (const [name, more] of Object.entries(SERVERS)) {
  Deno.test(
    `text is stored as it is, with ${name}`,
    { ignore: !isAvailable("mysql") },
    async () => {
      await using server = await startOwn("mysql", { more });
      await using admin = await open(connectionSettings(new Secret(server.url)));
      for (const statement of USER) await admin.execute(raw(statement));
      const url = server.url.replace("mistral:", "mistral_only:") + "texts";
      await admin.execute(raw("CREATE DATABASE texts CHARACTER SET utf8mb4"));
      const directory = await Deno.makeTempDir();
      await Deno.writeTextFile(`${directory}/a.yaml`, ACTION);
      const program = (charset: string, ...words: string[]) =>
        runHere(["--connection", url + charset, ...words]);
      assert.equal((await program("", "upgrade", "head")).exit, 0);
      for (const charset of CHARSETS) {
        const { exit, stderr } = await program(charset, "populate", "--from", directory);
        assert.equal(exit, 0, stderr);
        await using session = await open(connectionSettings(new Secret(url + charset)));
        const [row] = await session.query(raw(
          "SELECT definition, HEX(definition) AS bytes FROM action_definitions_v2 WHERE name = 'site.a'",
        ));
        assert.deepEqual({ ...row }, { definition: ACTION, bytes: HEX });
        const [bound] = await session.query(sql`SELECT ${TEXT} AS text, HEX(${TEXT}) AS bytes`);
        assert.equal(bound!.text, TEXT);
        assert.equal(bound!.bytes, Buffer.from(TEXT).toString("hex").toUpperCase());
        await session.execute(raw("DELETE FROM action_definitions_v2"));
      }
      await Deno.remove(directory, { recursive: true });
    },
  );
}

Deno.test("a proxy that does not pass the character set on is refused", async () => {
  for (
    const [wrong, charset] of [["client", "utf8mb3"], ["results", "latin1"], ["connection", ""]]
  ) {
    const answer = (statement: string) =>
      /character_set_client/.test(statement)
        ? rows(
          ["Variable_name", "Value"],
          ["client", "connection", "results"].map((
            name,
          ) => [`character_set_${name}`, name === wrong ? charset! : "utf8mb4"]),
        )
        : null;
    await using rogue = await startRogueMysql({ answer });
    const url = new Secret(`mysql://u:p@127.0.0.1:${rogue.port}/d`);
    await assert.rejects(open(connectionSettings(url)), (error: Error) => {
      assert.ok(error instanceof ConnectionError);
      assert.match(
        error.message,
        new RegExp(`use utf8mb4 .*: character_set_${wrong} is ${charset};`),
      );
      return true;
    });
  }
});

Deno.test("half a character is refused and not replaced, in statements and in scripts", async () => {
  await using session = await open(connectionSettings(new Secret("sqlite://")));
  for (const half of ["\ud83d", "a\ude00b", "\ude00\ud83d"]) {
    for (const statement of [sql`SELECT ${half} AS x`, raw(`SELECT '${half}' AS x`)]) {
      await assert.rejects(
        session.query(statement),
        /half of a character, which cannot be encoded/,
      );
      await assert.rejects(session.execute(statement), OperatorError);
      for (const { spelling } of Object.values(dialects)) {
        assert.throws(() => inlined(statement, spelling.literal), OperatorError);
      }
    }
  }
});

databaseTest("half a character in a name of a site's file is refused", async (_t, database) => {
  const directory = await Deno.makeTempDir();
  const program = (...words: string[]) => runHere(["--connection", database.url, ...words]);
  await Deno.writeTextFile(
    `${directory}/a.yaml`,
    'version: 2.0\n"site\\ud83d": {description: x, base: std.echo}\n',
  );
  assert.equal((await program("upgrade", "head")).exit, 0);
  const { exit } = await program("populate", "--from", directory);
  assert.notEqual(exit, 0);
  await using session = await database.connect();
  const [count] = await session.query(raw("SELECT COUNT(*) AS n FROM action_definitions_v2"));
  assert.equal(Number(count!.n), 0);
  await Deno.remove(directory, { recursive: true });
});
