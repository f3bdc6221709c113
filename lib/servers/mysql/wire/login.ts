/**
 * Opening a session on MySQL: the greeting, encryption, and the proof of who logs in.
 *
 * The package `mysql2` does not take part. It would read on in the clear while TLS is set up, and it
 * lets the server choose how the password is sent.
 *
 * @see https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { type Attempt, cannotConnect, lasting } from "../../connecting/failures.ts";
import type { MysqlSettings } from "../../connecting/url/settings.ts";
import { encrypt, type Encryption } from "../../connecting/tls.ts";
import { type Channel, disclosure } from "./disclosure.ts";
import {
  CAPABILITY,
  COLLATION,
  type Greeting,
  readGreeting,
  readRefusal,
  untilZero,
} from "./greeting.ts";
import { exchange, firstMethod, type Proof } from "./methods.ts";
import { LoginWire, protocolError } from "./packets.ts";

/** How a session is to be encrypted. */
export interface Encrypting {
  readonly way: Encryption;
  readonly options: ConnectionOptions;
}

/** A session that is open. */
export interface LoggedIn {
  /** Encrypts the socket below, if that is what was wanted. */
  readonly stream: Socket;
  /** The server's greeting, with the capabilities that both ends use. */
  readonly greeting: Greeting;
}

const MESSAGES = { OK: 0x00, MORE: 0x01, SWITCH: 0xfe };

/** More than any method needs. */
const MAX_MESSAGES = 8;

const ALWAYS = CAPABILITY.LONG_PASSWORD | CAPABILITY.FOUND_ROWS | CAPABILITY.LONG_FLAG |
  CAPABILITY.PROTOCOL_41 | CAPABILITY.TRANSACTIONS | CAPABILITY.SECURE_CONNECTION |
  CAPABILITY.MULTI_RESULTS;

const IF_OFFERED = CAPABILITY.PLUGIN_AUTH | CAPABILITY.CONNECT_ATTRS |
  CAPABILITY.PLUGIN_AUTH_LENENC_CLIENT_DATA;

/** Shown in `performance_schema.session_connect_attrs`. */
const ATTRIBUTES = { program_name: "mistral-db-manage" };

/**
 * Logs in.
 *
 * @throws {ConnectionError} When this program refuses.
 * @throws The server's refusal, with its number as the code; what `node:tls` throws.
 */
export async function logIn(
  socket: Socket,
  settings: MysqlSettings,
  { way, options }: Encrypting,
  attempt: Attempt,
): Promise<LoggedIn> {
  const clear = new LoginWire(socket);
  const greeting = await readFirst(clear, way === "must");
  const isEncrypted = wantsTls(way, greeting);
  const capabilities = (isEncrypted ? CAPABILITY.SSL : 0) | ALWAYS |
    (greeting.capabilities & IF_OFFERED) |
    (settings.database === null ? 0 : CAPABILITY.CONNECT_WITH_DB);
  const head = responseHead(capabilities);
  const wire = isEncrypted ? await encrypted(clear, head, options) : clear;
  const proof = proofOf(channelOf(settings, isEncrypted), settings, attempt);
  await authenticate(wire, { ...greeting, capabilities }, head, settings, attempt.user, proof);
  return {
    stream: wire.socket,
    greeting: { ...greeting, capabilities: capabilities & ~CAPABILITY.SSL },
  };
}

/** Reads the greeting. What comes in its place is anybody's word where encryption must come first. */
async function readFirst(wire: LoginWire, isEncryptionWanted: boolean): Promise<Greeting> {
  const first = await wire.read();
  const refusal = readRefusal(first);
  if (refusal === null) return readGreeting(first);
  if (isEncryptionWanted) {
    throw Object.assign(new Error(String(refusal.number)), { code: "REFUSED_BEFORE_TLS" });
  }
  throw refused(refusal.number, refusal.said);
}

function refused(number: number, said: string): Error {
  return Object.assign(new Error(said), { code: String(number) });
}

function wantsTls(way: Encryption, { capabilities }: Greeting): boolean {
  if (way === "none") return false;
  const isOffered = (capabilities & CAPABILITY.SSL) !== 0;
  if (isOffered || way === "offered") return isOffered;
  throw Object.assign(new Error("no TLS"), { code: "NO_TLS" });
}

/** The first part of the answer to the greeting, which is all of the request for encryption. */
function responseHead(capabilities: number): Buffer {
  const head = Buffer.alloc(4 + 4 + 1 + 23);
  head.writeUInt32LE(capabilities, 0);
  head[8] = COLLATION;
  return head;
}

/** Encrypts the wire. Nothing that came before is read as if it had come after. */
async function encrypted(
  wire: LoginWire,
  request: Buffer,
  options: ConnectionOptions,
): Promise<LoginWire> {
  wire.write(request);
  return wire.continueOn(await encrypt(wire.socket, options));
}

function channelOf({ endpoint, tls }: MysqlSettings, isEncrypted: boolean): Channel {
  if (endpoint.kind === "unix") return "unix socket";
  if (!isEncrypted) return "clear text";
  return tls.mode === "verify-full" ? "verified TLS" : "unverified TLS";
}

function proofOf(channel: Channel, settings: MysqlSettings, attempt: Attempt): Proof {
  return {
    password: settings.password?.reveal() ?? "",
    channel,
    disclose: () => disclosure(channel, settings, attempt),
    refuse: (why, remedy) => {
      throw cannotConnect(attempt, lasting(why, remedy));
    },
  };
}

/** Proves who logs in, by the method that the server wants. */
async function authenticate(
  wire: LoginWire,
  greeting: Greeting,
  head: Buffer,
  { database }: MysqlSettings,
  user: string,
  proof: Proof,
): Promise<void> {
  const method = firstMethod(greeting.method);
  let current = exchange(method, proof);
  let isSwitched = false;
  wire.write(response(head, greeting, user, await current.begin(greeting.nonce), database, method));
  for (let message = 0; message < MAX_MESSAGES; message++) {
    const said = await wire.read();
    const refusal = readRefusal(said);
    if (refusal !== null) throw refused(refusal.number, refusal.said);
    if (said[0] === MESSAGES.OK) return wire.expectSilence();
    if (said[0] === MESSAGES.SWITCH && !isSwitched) {
      isSwitched = true;
      // One byte alone asks for the method before 4.1.
      const name = said.length === 1
        ? Buffer.from("mysql_old_password")
        : untilZero(said.subarray(1));
      current = exchange(name.toString("latin1"), proof);
      wire.write(await current.begin(said.subarray(1 + name.length + 1)));
    } else if (said[0] === MESSAGES.MORE && current.goOn !== undefined) {
      const answer = await current.goOn(said.subarray(1));
      if (answer !== null) wire.write(answer);
    } else break;
  }
  throw protocolError("it sent something that is not part of the login");
}

/** The answer to the greeting. */
function response(
  head: Buffer,
  { capabilities }: Greeting,
  user: string,
  proof: Buffer,
  database: string | null,
  method: string,
): Buffer {
  if (/\0/.test(`${user}${database}`)) throw new TypeError("a zero byte in a name");
  const when = (capability: number, ...parts: readonly Buffer[]) =>
    (capabilities & capability) === 0 ? [] : parts;
  return Buffer.concat([
    ...[head, Buffer.from(`${user}\0`), withLength(proof)],
    ...when(CAPABILITY.CONNECT_WITH_DB, Buffer.from(`${database}\0`)),
    ...when(CAPABILITY.PLUGIN_AUTH, Buffer.from(`${method}\0`)),
    ...when(CAPABILITY.CONNECT_ATTRS, attributes()),
  ]);
}

function attributes(): Buffer {
  const words = Object.entries(ATTRIBUTES).flat().map((word) => withLength(Buffer.from(word)));
  return withLength(Buffer.concat(words));
}

/** A short text with its length in front. */
function withLength(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}
