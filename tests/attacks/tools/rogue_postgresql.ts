/**
 * A server that speaks PostgreSQL's protocol and means harm: each test says what it answers.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";

/** One message of the client; the start-up message has no type. */
export interface Message {
  readonly type: string;
  readonly body: Buffer;
}

/** The wire to one client. */
export interface Wire {
  /** Sends bytes; waits until the system has taken them. */
  send(...messages: readonly Uint8Array[]): Promise<void>;
  /** The client's next message; null when it has hung up. */
  next(): Promise<Message | null>;
}

/** What the server does with one client that has sent its start-up message. */
export type Conversation = (wire: Wire) => Promise<void>;

/** A running server; `received` grows with what clients send. */
export interface RoguePostgresql extends AsyncDisposable {
  readonly port: number;
  readonly received: Message[];
}

/** A certificate and its key, in PEM: with one the server speaks TLS, without it answers "N". */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Spells one message of the server. */
export function message(type: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

/** A number in four bytes. */
export function int32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

/** A request for one kind of authentication, such as 3 for the password in clear text. */
export const authentication = (kind: number, ...rest: readonly (string | Uint8Array)[]): Buffer =>
  message("R", int32(kind), ...rest);

/** The server accepts whoever it is. */
export const OK = authentication(0);

/** The server waits for a statement. */
export const READY = message("Z", "I");

/** Everything between a successful authentication and the first statement. */
export const WELCOME: readonly Buffer[] = [
  OK,
  ...Object.entries({ server_version: "15.0", client_encoding: "UTF8" })
    .map(([name, value]) => message("S", `${name}\0${value}\0`)),
  message("K", int32(77), int32(88)),
  READY,
];

/** An error with a code and a message. */
export const error = (code: string, text: string): Buffer =>
  message("E", `SERROR\0VERROR\0C${code}\0M${text}\0\0`);

/** The names of columns, all of type text. */
export const rowDescription = (...names: readonly string[]): Buffer =>
  message(
    "T",
    Uint8Array.of(0, names.length),
    ...names.flatMap((name) => [
      `${name}\0`,
      Buffer.concat([int32(0), Buffer.alloc(2), int32(25), Buffer.from("ffffffffffff0000", "hex")]),
    ]),
  );

/** One row of texts. */
export const row = (...values: readonly string[]): Buffer =>
  message(
    "D",
    Uint8Array.of(0, values.length),
    ...values.flatMap((value) => [int32(Buffer.byteLength(value)), value]),
  );

/** The end of an answer. */
export const complete = (tag = "SELECT 1"): Buffer => message("C", `${tag}\0`);

/** Accepts the client and answers its first question, then what the test says. */
export function afterLogin(then: (wire: Wire, statement: Message) => Promise<void>): Conversation {
  return async (wire) => {
    await wire.send(...WELCOME);
    for (let statement = await nextStatement(wire); statement !== null;) {
      if (isFirst(statement)) await answerFirst(wire, statement);
      else if (isSetting(statement)) await wire.send(complete("SET"), READY);
      else await then(wire, statement);
      statement = await nextStatement(wire);
    }
  };
}

const isFirst = ({ body }: Message): boolean => body.includes("pg_backend_pid()");

/** The settings of a session are accepted like everything that leads to more statements. */
const isSetting = ({ body }: Message): boolean => body.toString().startsWith("SET ");

/** What the driver asks when a session begins: enough for it to go on. */
async function answerFirst(wire: Wire, { body }: Message): Promise<void> {
  const names = [...body.toString().matchAll(/ AS (\w+)/g)].map(([, name]) => name!);
  const values = names.map((name) =>
    name === "pid" ? "77" : name === "read_only" ? "off" : '["public"]'
  );
  await wire.send(rowDescription(...names), row(...values), complete(), READY);
}

/** The next message that carries a statement: of the simple or of the extended protocol. */
async function nextStatement(wire: Wire): Promise<Message | null> {
  for (;;) {
    const received = await wire.next();
    if (received === null || received.type === "X") return null;
    if (received.type !== "Q" && received.type !== "P") continue;
    // The parts of the extended protocol are answered at once, when the client says Sync.
    if (received.type === "P") await wire.send(message("1"), message("2"));
    return received;
  }
}

/** Reads messages off a stream; the first one has no type. */
class Reader implements Wire {
  readonly #socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #isOver = false;
  #hasStarted = false;
  #wake = () => {};
  readonly #listen = (chunk: Buffer) => {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    this.#wake();
  };

  constructor(socket: Socket) {
    this.#socket = socket.on("error", () => {}).on("data", this.#listen);
    socket.on("close", () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  async next(): Promise<Message | null> {
    for (let one = this.#take();; one = this.#take()) {
      if (one !== null || this.#isOver) return one;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  /** The next message is again the first of a session. */
  restart(): void {
    this.#hasStarted = false;
  }

  /** Leaves the stream to somebody else. */
  detach(): void {
    this.#socket.off("data", this.#listen);
  }

  async send(...messages: readonly Uint8Array[]): Promise<void> {
    if (this.#isOver || this.#socket.destroyed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = () => resolve();
    this.#socket.once("close", done);
    this.#socket.write(Buffer.concat(messages), done);
    await promise;
    this.#socket.off("close", done);
  }

  #take(): Message | null {
    const offset = this.#hasStarted ? 1 : 0;
    if (this.#buffer.length < offset + 4) return null;
    const end = offset + this.#buffer.readUInt32BE(offset);
    if (this.#buffer.length < end) return null;
    const type = this.#hasStarted ? String.fromCharCode(this.#buffer[0]!) : "";
    const body = this.#buffer.subarray(offset + 4, end);
    this.#buffer = this.#buffer.subarray(end);
    this.#hasStarted = true;
    return { type, body };
  }
}

const SSL_REQUEST = 80_877_103;

const isSslRequest = (first: Message | null): boolean =>
  first?.body.length === 4 && first.body.readUInt32BE(0) === SSL_REQUEST;

async function encrypted(socket: Socket, certificate: Certificate): Promise<Socket> {
  const secureContext = createSecureContext(certificate);
  const secure = new TLSSocket(socket, { isServer: true, secureContext });
  secure.on("error", () => {});
  socket.write("S");
  await new Promise<void>((resolve) => {
    secure.once("secure", () => resolve());
    secure.once("close", () => resolve());
  });
  return secure;
}

async function serve(
  socket: Socket,
  conversation: Conversation,
  received: Message[],
  certificate: Certificate | undefined,
): Promise<void> {
  let stream = socket;
  let reader = new Reader(stream);
  let first = await reader.next();
  if (isSslRequest(first)) {
    if (certificate) {
      reader.detach();
      stream = await encrypted(socket, certificate);
      reader = new Reader(stream);
    } else {
      socket.write("N");
      reader.restart();
    }
    first = await reader.next();
  }
  if (first === null) return;
  received.push(first);
  await conversation({
    send: (...messages) => reader.send(...messages),
    async next() {
      const one = await reader.next();
      if (one !== null) received.push(one);
      return one;
    },
  });
  stream.end();
}

/** Starts one on a port of 127.0.0.1. */
export async function startRoguePostgresql(
  conversation: Conversation,
  certificate?: Certificate,
): Promise<RoguePostgresql> {
  const received: Message[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    serve(socket, conversation, received, certificate).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    received,
    async [Symbol.asyncDispose]() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
