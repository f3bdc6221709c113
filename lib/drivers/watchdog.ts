/**
 * Giving up a server that is silent while a statement runs.
 *
 * @module
 */
import type { Socket } from "node:net";

type Timer = ReturnType<typeof setTimeout>;

/** Ends a socket when an answer, or the taking of what is sent, lasts too long. */
export class Watchdog {
  readonly #socket: Socket;
  readonly #readTimeout: number;
  readonly #writeTimeout: number;
  /** Why the socket was ended; null when it was not. */
  bitten: string | null = null;

  /** Takes the socket and the limits in seconds; null or 0: no limit. */
  constructor(socket: Socket, readTimeout: number | null, writeTimeout: number | null) {
    this.#socket = socket;
    this.#readTimeout = readTimeout ?? 0;
    this.#writeTimeout = writeTimeout ?? 0;
  }

  /** Does some work under watch. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    const timers = [
      this.#after(this.#readTimeout, `no answer for ${this.#readTimeout} s`, () => true),
      this.#after(
        this.#writeTimeout,
        `the server took nothing for ${this.#writeTimeout} s`,
        () => this.#socket.writableLength > 0,
      ),
    ];
    try {
      return await work();
    } finally {
      timers.forEach((timer) => clearTimeout(timer));
    }
  }

  /** Ends the socket after some seconds if something is the case then. */
  #after(seconds: number, why: string, isSo: () => boolean): Timer | undefined {
    if (seconds <= 0) return undefined;
    return setTimeout(() => {
      if (!isSo()) return;
      this.bitten = why;
      this.#socket.destroy(new Error(why));
    }, seconds * 1000);
  }
}
