/**
 * A server that speaks MySQL's protocol and does what no honest server does.
 *
 * @example
 * ```ts
 * await using rogue = await startRogueMysql({ answer: (sql) => /evil/.test(sql) ? rows(["a"], [["b"]]) : null });
 * await open(connectionSettings(new Secret(`mysql://u:p@127.0.0.1:${rogue.port}/d`)));
 * ```
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createServer, type Socket } from "node:net";
import { TLSSocket } from "node:tls";

/** The random bytes that the server sends. */
export const NONCE = Buffer.from("12345678abcdefghijkl");

/** What a server sends for "done": no rows, no warnings. */
export const OK = Buffer.of(0, 0, 0, 2, 0, 0, 0);

const SSL = 0x800;
const CAPABILITIES = 1 | 2 | 4 | 8 | 0x200 | 0x2000 | 0x8000 | 0x10000 | 0x20000 | 0x80000 |
  0x100000 | 0x200000;

/** A payload with its header. */
export function packet(sequence: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header[3] = sequence % 256;
  return Buffer.concat([header, payload]);
}

/** What a greeting says. */
export interface GreetingParts {
  readonly version?: string;
  readonly method?: string;
  readonly capabilities?: number;
}

/** The payload of a greeting. */
export function greeting(
  { version = "8.0.36", method = "mysql_native_password", capabilities = CAPABILITIES | SSL }:
    GreetingParts = {},
): Buffer {
  const numbers = Buffer.alloc(31);
  numbers.writeUInt32LE(42, 0);
  NONCE.copy(numbers, 4, 0, 8);
  numbers.writeUInt16LE(capabilities & 0xffff, 13);
  numbers[15] = 45;
  numbers.writeUInt16LE(2, 16);
  numbers.writeUInt16LE(capabilities >>> 16, 18);
  numbers[20] = 21;
  const second = Buffer.concat([NONCE.subarray(8), Buffer.from(`\0${method}\0`)]);
  return Buffer.concat([Buffer.from(`\x0a${version}\0`), numbers, second]);
}

/** The abilities of the greeting, without that of encryption. */
export const WITHOUT_TLS = CAPABILITIES;

/** The payload of an error. */
export function refusal(number: number, message: string, state = "HY000"): Buffer {
  const head = Buffer.of(0xff, number & 255, number >> 8);
  return Buffer.concat([head, Buffer.from(`#${state}${message}`)]);
}

/** The payload that wants another authentication method. */
export function switchTo(method: string, nonce: Uint8Array = NONCE): Buffer {
  return Buffer.concat([Buffer.from(`\xfe${method}\0`, "latin1"), nonce, Buffer.of(0)]);
}

/** The payload that goes on with a method. */
export function more(data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(1), data]);
}

function withLength(bytes: Uint8Array): Buffer {
  if (bytes.length < 251) return Buffer.concat([Buffer.of(bytes.length), bytes]);
  const head = Buffer.of(0xfd, 0, 0, 0);
  head.writeUIntLE(bytes.length, 1, 3);
  return Buffer.concat([head, bytes]);
}

function column(name: string): Buffer {
  const text = Buffer.from(name);
  const words = [Buffer.from("def"), "", "", "", text, text].map((word) =>
    withLength(Buffer.from(word))
  );
  const type = Buffer.of(0x0c, 45, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0);
  return Buffer.concat([...words, type]);
}

/** The payloads of rows of text. */
export function rows(
  columns: readonly string[],
  values: readonly (readonly (string | null)[])[],
): readonly Buffer[] {
  const end = Buffer.of(0xfe, 0, 0, 2, 0);
  const row = (texts: readonly (string | null)[]) =>
    Buffer.concat(
      texts.map((text) => text === null ? Buffer.of(0xfb) : withLength(Buffer.from(text))),
    );
  return [Buffer.of(columns.length), ...columns.map(column), end, ...values.map(row), end];
}

/** One client's conversation with the server. */
export interface Conversation {
  /** The socket: the encrypted one, once there is one. */
  readonly socket: Socket;
  /** The next packet's payload. */
  read(): Promise<Buffer>;
  /** Sends a packet with the next number. */
  write(payload: Uint8Array): void;
  /** Sends bytes as they are. */
  writeRaw(bytes: Uint8Array): void;
}

/** What the server does. Each part is that of an honest server unless given. */
export interface RogueScript {
  /** The bytes with which it begins, in pieces that are sent one after the other. */
  readonly begin?: readonly Uint8Array[];
  /** Bytes in clear text behind the request for encryption, before its own part of the handshake. */
  readonly afterRequest?: Uint8Array;
  /** PEM of its certificate and key; without it, it breaks off the handshake. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Does what follows the client's login; the conversation is let in unless this throws. */
  readonly login?: (conversation: Conversation, response: Buffer) => Promise<void>;
  /** The payloads that answer a statement; null: those of an honest server. */
  readonly answer?: (
    sql: string,
    conversation: Conversation,
  ) => readonly Uint8Array[] | null | Promise<readonly Uint8Array[] | null>;
}

/** A running rogue. */
export interface Rogue extends AsyncDisposable {
  readonly port: number;
  /** The payloads that clients have sent, decrypted; statements too. */
  readonly told: Buffer[];
}

/** Time for one segment to be sent before the next. */
const PIECE_MS = 30;

const CHARSETS = ["client", "connection", "results"].map((name) => `character_set_${name}`);

/** What an honest server answers. */
function honestAnswer(sql: string): readonly Uint8Array[] {
  if (/character_set_client/.test(sql)) {
    return rows(["Variable_name", "Value"], CHARSETS.map((name) => [name, "utf8mb4"]));
  }
  return /^\s*(?:SELECT|SHOW)/i.test(sql) ? rows(["a"], []) : [OK];
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Reads and writes packets of one client. */
class Wire implements Conversation {
  socket: Socket;
  readonly #told: Buffer[];
  #received: Buffer = Buffer.alloc(0);
  #sequence = 0;
  #wake = () => {};

  constructor(socket: Socket, told: Buffer[]) {
    this.socket = socket;
    this.#told = told;
    this.#listen();
  }

  #listen(): void {
    this.socket.on("error", () => {});
    this.socket.on("close", () => this.#wake());
    this.socket.on("data", (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wake();
    });
  }

  /** Becomes the server's end of TLS. */
  encrypt(tls: { readonly cert: string; readonly key: string }): void {
    this.socket.removeAllListeners("data").pause();
    if (this.#received.length > 0) this.socket.unshift(this.#received);
    this.#received = Buffer.alloc(0);
    this.socket = new TLSSocket(this.socket, { isServer: true, ...tls });
    this.#listen();
  }

  async read(): Promise<Buffer> {
    const received = () => this.#received.length >= 4 ? this.#received.readUIntLE(0, 3) + 4 : 4;
    while (this.#received.length < received()) {
      if (this.socket.destroyed) throw new Error("the client is gone");
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
    const payload = this.#received.subarray(4, received());
    this.#sequence = this.#received[3]! + 1;
    this.#received = this.#received.subarray(received());
    this.#told.push(payload);
    return payload;
  }

  write(payload: Uint8Array): void {
    this.socket.write(packet(this.#sequence++, payload));
  }

  writeRaw(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }
}

const SSL_REQUEST_LENGTH = 32;
const QUIT = 1;
const QUERY = 3;

/** Plays the script to one client. */
async function play(wire: Wire, script: RogueScript): Promise<void> {
  for (const piece of script.begin ?? [packet(0, greeting())]) {
    wire.writeRaw(piece);
    await pause(PIECE_MS);
  }
  let response = await wire.read();
  if (response.length === SSL_REQUEST_LENGTH) {
    if (script.afterRequest !== undefined) wire.writeRaw(script.afterRequest);
    if (script.tls === undefined) return void wire.socket.end();
    wire.encrypt(script.tls);
    response = await wire.read();
  }
  await script.login?.(wire, response);
  wire.write(OK);
  for (;;) {
    const command = await wire.read();
    if (command[0] === QUIT) return void wire.socket.end();
    const sql = command.toString("utf8", 1);
    const honest = command[0] === QUERY ? honestAnswer(sql) : [refusal(1295, "not here")];
    for (const payload of await script.answer?.(sql, wire) ?? honest) wire.write(payload);
  }
}

/** Starts one on a port of 127.0.0.1. */
export async function startRogueMysql(script: RogueScript = {}): Promise<Rogue> {
  const told: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    play(new Wire(socket, told), script).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    told,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
