/**
 * Messages of PostgreSQL's protocol while a client logs in.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { whileOpen } from "../../connecting/socket.ts";

/** One message of the server. */
export interface Message {
  /** A letter. */
  readonly type: string;
  readonly body: Buffer;
  /** All of it, as it came. */
  readonly bytes: Buffer;
}

/** What the server sent is not what PostgreSQL would send; the message is the reason, for people. */
export class ProtocolViolation extends Error {
  override name = "ProtocolViolation";
}

/** The bytes before a message's body: its type, and its length without the type. */
export const HEADER_BYTES = 5;

/** The longest message of each type until the login is complete; the first limits are libpq's. */
const LONGEST: Readonly<Record<string, number>> = {
  ...{ R: 2_000, E: 30_000, N: 30_000 },
  ...{ S: 30_000, K: 1_000, Z: 5 },
};

/** A number in four bytes. */
export function int32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

/** Spells a message of the client; the first one of a session has no type. */
export function clientMessage(type: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

/** The error for what cannot be an answer of PostgreSQL. */
export const notPostgresql = (): ProtocolViolation =>
  new ProtocolViolation(
    "the server does not answer as PostgreSQL does; check host and port in the connection URL",
  );

/** Reads what a server sends before it has accepted a client, message by message. */
export class MessageReader {
  readonly #socket: Socket;
  #bytes: Buffer = Buffer.alloc(0);
  #wake = () => {};
  readonly #listen = (chunk: Buffer) => {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    // No more is taken off the wire than somebody asks for.
    this.#socket.pause();
    this.#wake();
  };

  constructor(socket: Socket) {
    this.#socket = socket.on("data", this.#listen);
  }

  /**
   * The next message.
   *
   * @throws {ProtocolViolation} When it cannot be one, or is too long.
   */
  async next(): Promise<Message> {
    for (;;) {
      const message = this.#take();
      if (message !== null) return message;
      await whileOpen<void>(this.#socket, (resolve) => {
        this.#wake = resolve;
        this.#socket.resume();
      });
    }
  }

  /** Leaves the socket to somebody else; gives the bytes that came after the last message. */
  release(): Buffer {
    this.#socket.off("data", this.#listen);
    return this.#bytes;
  }

  #take(): Message | null {
    if (this.#bytes.length === 0) return null;
    const type = String.fromCharCode(this.#bytes[0]!);
    const longest = LONGEST[type];
    if (longest === undefined) throw notPostgresql();
    if (this.#bytes.length < HEADER_BYTES) return null;
    const length = this.#bytes.readUInt32BE(1);
    if (length < 4 || length > longest) throw notPostgresql();
    if (this.#bytes.length < length + 1) return null;
    const bytes = this.#bytes.subarray(0, length + 1);
    this.#bytes = this.#bytes.subarray(length + 1);
    return { type, body: bytes.subarray(HEADER_BYTES), bytes };
  }
}
