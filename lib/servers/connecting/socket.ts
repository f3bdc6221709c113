/**
 * The wire under a session: a socket that is open, or an error; and its end.
 *
 * The sockets are opened here and not by the database packages, so that a time limit and a
 * cancellation cover everything from the first packet to the last of the handshake, and so that no
 * package can open a second session unnoticed.
 *
 * @module
 */
import { connect, type Socket } from "node:net";
import type { Endpoint } from "./url/settings.ts";

/** How long a server may take to answer the request to end a session. */
const FAREWELL_MS = 2_000;

/** Keeps firewalls from dropping the session during a long statement. */
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelay: 60_000 };

/**
 * Opens a socket.
 *
 * @throws The operating system's error, or the reason of the signal.
 */
export function openSocket(endpoint: Endpoint, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  if (signal.aborted) return Promise.reject(signal.reason);
  const socket = endpoint.kind === "unix"
    ? connect({ path: endpoint.path })
    : connect({ host: endpoint.host, port: endpoint.port, noDelay: true, ...KEEP_ALIVE });
  signal.addEventListener("abort", () => socket.destroy(signal.reason), { once: true });
  socket.once("error", reject);
  socket.once("connect", () => {
    socket.off("error", reject);
    // Errors need a listener at all times, even between two owners of the socket.
    socket.on("error", () => {});
    resolve(socket);
  });
  return promise;
}

/** The error for a socket that the other end has closed, as the operating system has it. */
export function connectionReset(): Error {
  return Object.assign(new Error("the other end closed the connection"), { code: "ECONNRESET" });
}

/**
 * A promise that is rejected when the socket closes.
 *
 * @param listen Is called with the functions that resolve and reject the promise.
 */
export async function whileOpen<T>(
  socket: Socket,
  listen: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> {
  if (socket.destroyed) throw connectionReset();
  // Every queued statement adds a listener.
  socket.setMaxListeners(0);
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const closed = () => reject(connectionReset());
  socket.once("error", reject);
  socket.once("close", closed);
  listen(resolve, reject);
  try {
    return await promise;
  } finally {
    socket.off("error", reject);
    socket.off("close", closed);
  }
}

/** Waits until the server has ended the session too, which releases its locks; destroys it if that takes too long. */
export async function untilClosed(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => socket.destroy(), FAREWELL_MS);
  socket.once("close", () => resolve());
  socket.resume();
  await promise;
  clearTimeout(timer);
}

/** Ends a socket at once. */
export async function destroySocket(socket: Socket): Promise<void> {
  socket.destroy();
  await untilClosed(socket);
}
