/**
 * What a server's answers may be once the session is open.
 *
 * @module
 */
import type { Socket } from "node:net";
import type { Connection } from "mysql2";

/** More than any statement of this program returns; a server that goes on would use up the memory. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/** The parts of the package's connection that its type declarations lack. */
interface Internals {
  readonly sequenceId: number;
  /** The command whose answer is awaited. */
  readonly _command: unknown;
  handlePacket(packet?: { readonly sequenceId: number }): void;
}

/** Ends a session whose server sends packets out of order, or without end. */
export class AnswerGuard {
  /** Why the session was ended; null if it was not. */
  problem: string | null = null;
  readonly #stream: Socket;
  readonly #limit: number;
  #bytes = 0;

  /** Watches what comes from a stream before the package sees it. */
  constructor(client: Connection, stream: Socket, limit: number = MAX_ANSWER_BYTES) {
    this.#stream = stream;
    this.#limit = limit;
    stream.prependListener("data", (bytes) => this.#count(bytes.length));
    this.#checkOrder(client as unknown as Internals);
  }

  /** A statement is sent, and what comes from now on is its answer. */
  expectAnswer(): void {
    this.#bytes = 0;
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limit) this.#end(`an answer had more than ${this.#limit} bytes`);
  }

  /** The package would go on, and write a line for each packet to standard error. */
  #checkOrder(client: Internals): void {
    const handle = client.handlePacket.bind(client);
    client.handlePacket = (packet) => {
      if (this.problem !== null) return;
      const isAwaited = packet !== undefined && client._command !== null;
      if (isAwaited && packet.sequenceId !== client.sequenceId) {
        this.#end("the server sent packets out of order");
      } else handle(packet);
    };
  }

  #end(problem: string): void {
    this.problem ??= problem;
    this.#stream.destroy(new Error(problem));
  }
}
