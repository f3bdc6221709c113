import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { ConnectionError } from "../../lib/errors.ts";
import { runHere } from "../tools/in_process.ts";
import { makeCertificates } from "../tools/servers/certificates.ts";
import {
  afterLogin,
  authentication,
  type Certificate,
  complete,
  type Conversation,
  error,
  int32,
  message,
  READY,
  row,
  rowDescription,
  startRoguePostgresql,
  WELCOME,
  type Wire,
} from "./tools/rogue_postgresql.ts";

const PASSWORD = "S3cr3t-Pw";

const urlFor = (port: number, query: string, host = "127.0.0.1") =>
  `postgresql://mistral:${PASSWORD}@${host}:${port}/mistral?connect_timeout=5${query}`;

/** What the program says of a server, and what the server has got. */
async function meet(
  conversation: Conversation,
  { query = "", host = "127.0.0.1", certificate }: {
    query?: string;
    host?: string;
    certificate?: Certificate;
  } = {},
): Promise<{ said: string; got: string }> {
  await using server = await startRoguePostgresql(conversation, certificate);
  const settings = connectionSettings(new Secret(urlFor(server.port, query, host)));
  let said = "accepted";
  try {
    await using _connection = await open(settings);
  } catch (thrown) {
    assert.ok(thrown instanceof ConnectionError, Deno.inspect(thrown));
    said = thrown.message;
  }
  const got = Buffer.concat(server.received.map(({ body }) => body)).toString("latin1");
  return { said, got };
}

/** Asks for one thing and then accepts whatever it gets. */
const asking = (...request: readonly Uint8Array[]): Conversation => async (wire) => {
  await wire.send(...request);
  if (await wire.next() === null) return;
  await afterLogin(() => Promise.resolve())(wire);
};

const CLEAR = authentication(3);
const SCRAM = authentication(10, "SCRAM-SHA-256\0\0");

/** A challenge of SCRAM, with the client's own nonce at the beginning unless the test has another. */
const challenging = (
  spell: (nonce: string) => string,
  then: (wire: Wire) => Promise<void> = async (wire) => await wire.send(...WELCOME),
): Conversation =>
async (wire) => {
  await wire.send(SCRAM);
  const first = await wire.next();
  const nonce = /r=(.*)$/.exec(first?.body.toString("latin1") ?? "")?.[1] ?? "";
  await wire.send(authentication(11, spell(nonce)));
  if (await wire.next() === null) return;
  await then(wire);
  await wire.next();
};

const challenge = (nonce: string, { salt = "c2FsdHNhbHQ=", iterations = "4096" } = {}) =>
  `r=${nonce},s=${salt},i=${iterations}`;

const IMPOSTOR = /impostor/;

Deno.test("the password in clear text is not for whoever asks", async () => {
  for (const query of ["", "&sslmode=disable", "&require_auth=!none", "&sslmode=allow"]) {
    const { said, got } = await meet(asking(CLEAR), { query });
    assert.match(said, /asks for the password in clear text/, query);
    assert.doesNotMatch(got, new RegExp(PASSWORD));
  }
  const { said, got } = await meet(asking(CLEAR), { query: "&require_auth=password,md5" });
  assert.equal(said, "accepted");
  assert.match(got, new RegExp(PASSWORD));
});

Deno.test("encryption alone proves nothing about the server", async () => {
  const folder = await Deno.makeTempDir();
  await makeCertificates(folder);
  const [cert, key] = await Promise.all(
    ["server.pem", "server.key"].map((name) => Deno.readTextFile(`${folder}/${name}`)),
  );
  const certificate = { cert: cert!, key: key! };
  const meetAs = (query: string, host: string) =>
    meet(asking(CLEAR), { query: `${query}&sslrootcert=${folder}/ca.pem`, host, certificate });
  for (const query of ["&sslmode=require", "&sslmode=prefer", "&sslmode=verify-ca"]) {
    const { said, got } = await meetAs(query, "127.0.0.1");
    assert.match(said, /asks for the password in clear text/, query);
    assert.doesNotMatch(got, new RegExp(PASSWORD));
  }
  const { said, got } = await meetAs("&sslmode=verify-full", "localhost");
  assert.equal(said, "accepted");
  assert.match(got, new RegExp(PASSWORD));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("require_auth rules methods out, and asks for others", async () => {
  const trust: Conversation = afterLogin(() => Promise.resolve());
  const md5 = asking(authentication(5, "salt"));
  const cases: readonly [string, Conversation, RegExp][] = [
    ["scram-sha-256", asking(CLEAR), /the method "password", which require_auth/],
    ["scram-sha-256", md5, /the method "md5", which require_auth/],
    ["!md5", md5, /the method "md5", which require_auth/],
    ["scram-sha-256,md5", trust, /no authentication, which require_auth/],
    ["!none", trust, /no authentication, which require_auth/],
    ["none", md5, /the method "md5", which require_auth/],
    ["none", trust, /^accepted$/],
    ["md5", md5, /^accepted$/],
    ["!scram-sha-256,!password", md5, /^accepted$/],
  ];
  for (const [methods, conversation, expected] of cases) {
    const { said, got } = await meet(conversation, { query: `&require_auth=${methods}` });
    assert.match(said, expected, methods);
    assert.doesNotMatch(got, new RegExp(PASSWORD));
  }
});

Deno.test("require_auth is read as libpq reads it", () => {
  for (const value of ["oauth", "md5,!none", "md5,md5", "SCRAM-SHA-256", "md5;none"]) {
    const read = () =>
      connectionSettings(new Secret(urlFor(5432, `&require_auth=${encodeURIComponent(value)}`)));
    assert.throws(read, /^OperatorError: Cannot use the database URL: parameter "require_auth" /);
  }
});

Deno.test("channel_binding=require is no wish", async () => {
  const query = "&channel_binding=require";
  const trust: Conversation = afterLogin(() => Promise.resolve());
  const plus = asking(authentication(10, "SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0"));
  for (const conversation of [asking(CLEAR), asking(SCRAM), trust, plus]) {
    const { said, got } = await meet(conversation, { query });
    assert.match(said, /channel_binding=require in the URL needs/);
    assert.doesNotMatch(got, new RegExp(PASSWORD));
  }
});

Deno.test("a server that cheats in SCRAM is found out", async () => {
  const own = "completely-other";
  const cases: readonly [string, Conversation, RegExp][] = [
    ["another nonce", challenging(() => challenge(own)), /does not belong to this login/],
    ["the same nonce", challenging((nonce) => challenge(nonce)), /does not belong to this login/],
    ...["1", "4095", "2000001", "2000000000"].map((iterations) =>
      [
        iterations,
        challenging((nonce) => challenge(`${nonce}x`, { iterations })),
        /hashed \d+ times \(SCRAM\)/,
      ] as [string, Conversation, RegExp]
    ),
    ...["abc", "", "-1", "4096.5", "1e9", "99999999999999999999"].map((iterations) =>
      [
        iterations,
        challenging((nonce) => challenge(`${nonce}x`, { iterations })),
        /challenge for the password \(SCRAM\) is malformed/,
      ] as [string, Conversation, RegExp]
    ),
    ...["", "r=", "v=abc", "m=x,r=y,s=z,i=4096", "\0\0", "e=other-error"].map((text) =>
      [text, challenging(() => text), /is malformed/] as [string, Conversation, RegExp]
    ),
    [
      "accepted without a proof",
      challenging((nonce) => challenge(`${nonce}x`)),
      /accepts the login without proving that it knows the password/,
    ],
    ["accepted at once", asking(SCRAM, ...WELCOME), /without proving that it knows/],
    ...["v=", "v=AAAA", `v=${Buffer.alloc(32).toString("base64")}`, "e=x", ""].map((last) =>
      [
        last,
        challenging(
          (nonce) => challenge(`${nonce}x`),
          async (wire) => await wire.send(authentication(12, last), ...WELCOME),
        ),
        IMPOSTOR,
      ] as [string, Conversation, RegExp]
    ),
    ["another kind", asking(authentication(10, "OAUTHBEARER\0\0")), /kind of SASL/],
    ["out of order", asking(authentication(12, "v=x")), /unknown kind 12/],
    ["asked twice", asking(authentication(5, "salt"), CLEAR), /second proof|clear text/],
  ];
  for (const [name, conversation, expected] of cases) {
    const { said, got } = await meet(conversation);
    assert.match(said, expected, name);
    assert.doesNotMatch(got, new RegExp(PASSWORD));
  }
});

Deno.test("time limits and signals work while the password is hashed", async () => {
  const slow = challenging((nonce) => challenge(`${nonce}x`, { iterations: "500000" }));
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 20);
  await meet(slow);
  clearInterval(timer);
  assert.ok(longest < 500, `nothing else was done for ${longest} ms`);
});

/** Answers every statement after the first questions with something that no statement asks for. */
const answering = (...bytes: readonly Uint8Array[]): Conversation =>
  afterLogin(async (wire) => await wire.send(...bytes));

const VARIANTS: Readonly<Record<string, Conversation>> = {
  "kerberos": asking(authentication(7)),
  "sspi": asking(authentication(9)),
  "an unknown authentication": asking(authentication(999)),
  "a request without a number": asking(message("R")),
  "an MD5 request without a salt": asking(authentication(5)),
  "garbage instead of a request": asking(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")),
  "a huge request": asking(Buffer.concat([Buffer.from("R"), int32(0x7fffffff)])),
  "a negative length": asking(Buffer.concat([Buffer.from("R"), int32(0xffffffff)])),
  "a huge error": asking(Buffer.concat([Buffer.from("E"), int32(1_000_000)])),
  "an error without fields": asking(message("E", "\0")),
  "another version of the protocol": asking(message("v", int32(3), int32(0))),
  "copy in": answering(message("G", "\0\0\0")),
  "copy out": answering(message("H", "\0\0\0"), message("d", "abc\n")),
  "copy both": answering(message("W", "\0\0\0")),
  "a second acceptance": answering(authentication(0), authentication(9)),
  "garbage": answering(Buffer.from("\xff\0\0\0\x04".repeat(80), "latin1")),
  "a negative length later": answering(Buffer.concat([Buffer.from("D"), int32(0xffffffff)])),
  "a length of 0": answering(Buffer.concat([Buffer.from("D"), int32(0)])),
  "a huge message": answering(Buffer.concat([Buffer.from("D"), int32(0x7fffffff)])),
  "a short row": answering(rowDescription("a"), message("D", "\0\x05"), complete(), READY),
  "a short description": answering(message("T", "\0\x09a"), complete(), READY),
  "a row without a description": answering(row("x"), complete(), READY),
  "an unknown function call": answering(message("V", "\0\0\0\0"), READY),
  "an error with a strange code": answering(error("__proto__", "odd"), READY),
};

Deno.test("whatever a server answers ends in a sentence", async (t) => {
  for (const [name, conversation] of Object.entries(VARIANTS)) {
    await t.step(name, async () => {
      await using server = await startRoguePostgresql(conversation);
      const { exit, stdout, stderr } = await runHere([
        ...["--connection", urlFor(server.port, "&sslmode=disable"), "current"],
      ]);
      assert.equal(exit, 1, stderr + stdout);
      assert.doesNotMatch(stderr, /has a bug|^\s+at |Uncaught|undefined/m);
      assert.match(stderr, /\S+\n$/);
      assert.doesNotMatch(stderr, new RegExp(PASSWORD));
    });
  }
});

Deno.test("rows without end do not fill the memory", async () => {
  const rows = Buffer.concat(Array(16).fill(row("x".repeat(60_000))));
  let sent = 0;
  const endless = afterLogin(async (wire) => {
    await wire.send(rowDescription("a"));
    for (; sent < 2 ** 27; sent += rows.length) await wire.send(rows);
  });
  await using server = await startRoguePostgresql(endless);
  const words = ["--connection", urlFor(server.port, "&sslmode=disable"), "current"];
  const { exit, stderr } = await runHere(words);
  assert.equal(exit, 1);
  assert.match(stderr, /the server's answer is longer than 64 MiB/);
});
