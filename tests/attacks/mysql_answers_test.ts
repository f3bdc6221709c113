/** Answers that no honest server gives, in a session that is open. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { Socket } from "node:net";
import type { Connection } from "mysql2";
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { AnswerGuard } from "../../lib/servers/mysql/wire/answers.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { raw } from "../../lib/sql/statement.ts";
import { packet, type RogueScript, rows, startRogueMysql } from "./tools/rogue_mysql.ts";

const TLS = {
  cert: Deno.readTextFileSync(`${Deno.env.get("TEST_CERTIFICATES")}/server.pem`),
  key: Deno.readTextFileSync(`${Deno.env.get("TEST_CERTIFICATES")}/server.key`),
};

/** The error that a statement ends with, and what the package has written to the console. */
async function outcome(answer: RogueScript["answer"], query = ""): Promise<[Error, string[]]> {
  await using rogue = await startRogueMysql({
    tls: TLS,
    answer: (sql, conversation) => /evil/.test(sql) ? answer!(sql, conversation) : null,
  });
  const written: string[] = [];
  const original = { error: console.error, trace: console.trace, warn: console.warn };
  const write = (...words: unknown[]) => void written.push(words.join(" "));
  Object.assign(console, { error: write, trace: write, warn: write });
  try {
    const url = `mysql://u:p@127.0.0.1:${rogue.port}/d?read_timeout=20${query}`;
    await using session = await open(connectionSettings(new Secret(url)));
    await session.query(raw("SELECT 'evil'"));
    throw new Error("was answered");
  } catch (error) {
    return [error as Error, written];
  } finally {
    Object.assign(console, original);
  }
}

for (const query of ["", "&ssl=true"]) {
  const where = query === "" ? "in the clear" : "inside TLS";

  Deno.test(`packets out of order end the session without a word on the console, ${where}`, async () => {
    const [error, written] = await outcome((_sql, conversation) => {
      for (const [index, payload] of rows(["a"], [["b"], ["c"]]).entries()) {
        conversation.writeRaw(packet(7 + 3 * index, payload));
      }
      return [];
    }, query);
    assert.match(
      error.message,
      /^Lost the connection to .*: the server sent packets out of order;/,
    );
    assert.deepEqual(written, []);
  });

  Deno.test(`a server that ends the session in an answer is noticed at once, ${where}`, async () => {
    const begun = performance.now();
    const [error] = await outcome((_sql, { socket }) => {
      socket.destroy();
      return [];
    }, query);
    assert.match(error.message, /^Lost the connection to .*: the server ended the session/);
    assert.ok(performance.now() - begun < 10_000);
  });
}

Deno.test("garbage is called garbage", async () => {
  for (const bytes of [[0xfe, 9, 9, 9, 9], [1, 2], [3]]) {
    const [error] = await outcome(() => [Buffer.from(bytes), Buffer.of(9, 9, 9), Buffer.of(1)]);
    assert.match(error.message, /^Lost the connection to .*: the server's answer does not follow/);
    assert.doesNotMatch(error.message, /ERR_|Received/);
  }
});

Deno.test("a server that asks for a file gets none, and no talk of a factory", async () => {
  const [error] = await outcome(async (_sql, conversation) => {
    conversation.write(Buffer.from("\xfb/etc/passwd", "latin1"));
    assert.equal((await conversation.read()).length, 0);
    return [Buffer.of(0, 0, 0, 2, 0, 0, 0)];
  });
  assert.equal(error.message, "the server asked for a file of this machine, which it does not get");
});

Deno.test("an answer without end ends the session, many answers do not", () => {
  const stream = new Socket();
  const client = { handlePacket() {} } as unknown as Connection;
  const guard = new AnswerGuard(client, stream.on("error", () => {}), 1000);
  for (let answer = 0; answer < 3; answer++) {
    guard.expectAnswer();
    stream.emit("data", Buffer.alloc(600));
  }
  assert.equal(guard.problem, null);
  stream.emit("data", Buffer.alloc(600));
  assert.equal(guard.problem, "an answer had more than 1000 bytes");
  assert.ok(stream.destroyed);
});
