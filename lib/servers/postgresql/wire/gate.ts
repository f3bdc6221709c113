/**
 * Stands between the database package and the wire. The package gets a session that is logged in,
 * and only messages that it can handle.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { HEADER_BYTES, notPostgresql, ProtocolViolation } from "./messages.ts";

/** The messages that can come in answer to statements, apart from COPY. */
const EXPECTED = "123CDEIKNSTZAnst";

/** COPY in, out and both. */
const COPY = "GHW";

/** Bytes of one answer: more would fill the memory, and nothing that is asked here has so much. */
const LONGEST_ANSWER = 64 * 2 ** 20;

/** Bytes of a description of columns, of which a table has 1,600 at most. */
const LONGEST_DESCRIPTION = 2 ** 20;

/** What follows the name of a column in a description of columns. */
const COLUMN_BYTES = 18;

/** Whether a description of columns is complete: the package would look for the end of a name for ever. */
function isComplete(description: Buffer): boolean {
  if (description.length < 2) return false;
  let at = 2;
  for (let left = description.readUInt16BE(0); left > 0; left--) {
    const end = description.indexOf(0, at);
    if (end < 0) return false;
    at = end + 1 + COLUMN_BYTES;
  }
  return at === description.length;
}

/** Looks at every message, wherever the wire has cut it into pieces. */
class Inspector {
  readonly #header: number[] = [];
  /** The message's own bytes that are yet to come. */
  #left = 0;
  #answer = 0;
  /** The pieces of a description of columns; null for other messages. */
  #description: Buffer[] | null = null;

  /** @throws {ProtocolViolation} When a message must not go on to the package. */
  inspect(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#left === 0) {
        this.#header.push(chunk[at++]!);
        if (this.#header.length === HEADER_BYTES) this.#begin();
        continue;
      }
      const piece = chunk.subarray(at, at + this.#left);
      this.#description?.push(piece);
      this.#left -= piece.length;
      at += piece.length;
      if (this.#left === 0) this.#end();
    }
  }

  #begin(): void {
    const [type = 0, ...bytes] = this.#header.splice(0);
    const length = bytes.reduce((number, byte) => number * 256 + byte, 0);
    const letter = String.fromCharCode(type);
    if (COPY.includes(letter)) {
      throw new ProtocolViolation("the statement is a COPY, which this program cannot make");
    }
    if (!EXPECTED.includes(letter) || length < 4) throw notPostgresql();
    this.#answer = letter === "Z" ? 0 : this.#answer + length;
    if (this.#answer > LONGEST_ANSWER) {
      throw new ProtocolViolation("the server's answer is longer than 64 MiB");
    }
    if (letter === "T" && length > LONGEST_DESCRIPTION) throw notPostgresql();
    this.#description = letter === "T" ? [] : null;
    this.#left = length - 4;
    if (this.#left === 0) this.#end();
  }

  #end(): void {
    if (this.#description !== null && !isComplete(Buffer.concat(this.#description))) {
      throw notPostgresql();
    }
    this.#description = null;
  }
}

/** The stream that the package takes for the socket. */
export class Gate extends Duplex {
  readonly #socket: Socket;
  readonly #inspector = new Inspector();
  readonly #early: Buffer[];
  /** Whether the package has sent its first message, which the server has had already. */
  #hasStarted = false;

  /** Takes a socket that is logged in, and what the server has sent since. */
  constructor(socket: Socket, rest: Buffer) {
    super();
    this.#socket = socket;
    this.#early = [rest];
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.once("end", () => this.push(null));
    socket.once("close", () => this.destroy());
  }

  /** The package asks for it before it says goodbye. */
  get readyState(): string {
    return this.#socket.readyState;
  }

  override _read(): void {
    if (!this.#hasStarted) return;
    for (const chunk of this.#early.splice(0)) this.#take(chunk);
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const skipped = this.#hasStarted ? 0 : chunk.readUInt32BE(0);
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      // The package is not ready for an answer before its own call has ended.
      queueMicrotask(() => this._read());
    }
    if (skipped >= chunk.length) return done();
    this.#socket.write(chunk.subarray(skipped), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #take(chunk: Buffer): void {
    if (!this.#hasStarted) return void this.#early.push(chunk);
    if (this.destroyed || chunk.length === 0) return;
    try {
      this.#inspector.inspect(chunk);
    } catch (violation) {
      this.#socket.destroy(violation as Error);
      this.destroy(violation as Error);
      return;
    }

    if (!this.push(chunk)) this.#socket.pause();
  }
}
