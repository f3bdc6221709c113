/**
 * The packets of MySQL's protocol while a session is being opened.
 *
 * Until the user is logged in, the two ends take turns. A server that sends something out of turn is
 * broken, or somebody else is writing on the wire: for example in front of the encrypted data.
 *
 * @see https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { whileOpen } from "../../connecting/socket.ts";

/** No packet before the end of a login is longer, by far. */
const MAX_LENGTH = 16_384;

const HEADER_LENGTH = 4;

/** The error for a server that does not follow the protocol. */
export function protocolError(problem: string): Error {
  return Object.assign(new Error(problem), { code: "MYSQL_PROTOCOL" });
}

/** A payload with its header. */
export function packet(sequence: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUIntLE(payload.length, 0, 3);
  header[3] = sequence;
  return Buffer.concat([header, payload]);
}

/** Reads and writes the packets of a login, one at a time. The socket is paused between two reads. */
export class LoginWire {
  /** The socket below. */
  readonly socket: Socket;
  #sequence: number;
  #received: Buffer = Buffer.alloc(0);

  /** Starts with the packet of a number. */
  constructor(socket: Socket, sequence = 0) {
    this.socket = socket;
    this.#sequence = sequence;
  }

  /** The next packet of the server. */
  async read(): Promise<Buffer> {
    const length = (await this.#peek(HEADER_LENGTH)).readUIntLE(0, 3);
    if (length === 0 || length > MAX_LENGTH) {
      throw protocolError(`a packet of ${length} bytes came before the login was complete`);
    }
    const whole = await this.#peek(HEADER_LENGTH + length);
    if (whole[3] !== this.#sequence) throw protocolError("a packet came out of order");
    this.#sequence = (this.#sequence + 1) % 256;
    this.#received = whole.subarray(HEADER_LENGTH + length);
    return whole.subarray(HEADER_LENGTH, HEADER_LENGTH + length);
  }

  /** Sends a packet; it is the client's turn only when everything that came has been read. */
  write(payload: Uint8Array): void {
    this.expectSilence();
    this.socket.write(packet(this.#sequence, payload));
    this.#sequence = (this.#sequence + 1) % 256;
  }

  /** The same conversation on another socket, which encrypts this one. */
  continueOn(socket: Socket): LoginWire {
    return new LoginWire(socket, this.#sequence);
  }

  /** Throws when the server has sent more than has been read. */
  expectSilence(): void {
    if (this.#received.length + this.socket.readableLength === 0) return;
    throw protocolError(
      "data arrived out of turn; someone may be tampering with the connection",
    );
  }

  /** What has been received, once it is at least as long as this. */
  async #peek(length: number): Promise<Buffer> {
    while (this.#received.length < length) {
      const more = await whileOpen<Buffer>(this.socket, (resolve) => {
        this.socket.once("data", (bytes: Buffer) => {
          this.socket.pause();
          resolve(bytes);
        });
        this.socket.resume();
      });
      this.#received = Buffer.concat([this.#received, more]);
    }
    return this.#received;
  }
}
