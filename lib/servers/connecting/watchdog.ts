/**
 * Ends a session whose server stops answering while a statement runs.
 *
 * @module
 */
import type { Socket } from "node:net";
import { timerMilliseconds } from "../../timing/delay.ts";

type Timer = ReturnType<typeof setTimeout>;

/** Destroys a socket when the server does not answer, or does not accept data, in time. */
export class Watchdog {
  readonly #socket: Socket;
  readonly #readTimeout: number;
  readonly #writeTimeout: number;
  /** Why the socket was destroyed; null if it was not. */
  bitten: string | null = null;

  /** Takes the socket and the limits in seconds; null or 0: no limit. */
  constructor(socket: Socket, readTimeout: number | null, writeTimeout: number | null) {
    this.#socket = socket;
    this.#readTimeout = readTimeout ?? 0;
    this.#writeTimeout = writeTimeout ?? 0;
  }

  /** Runs `work` with the timeouts. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    const timers = [
      this.#after(this.#readTimeout, `no answer for ${this.#readTimeout} s`, () => true),
      this.#after(
        this.#writeTimeout,
        `the server accepted no data for ${this.#writeTimeout} s`,
        () => this.#socket.writableLength > 0,
      ),
    ];
    try {
      return await work();
    } finally {
      timers.forEach((timer) => clearTimeout(timer));
    }
  }

  /** Destroys the socket after some seconds if a condition holds then. */
  #after(seconds: number, why: string, isSo: () => boolean): Timer | undefined {
    if (seconds <= 0) return undefined;
    return setTimeout(() => {
      if (!isSo()) return;
      this.bitten = why;
      this.#socket.destroy(new Error(why));
    }, timerMilliseconds(seconds * 1000));
  }
}
