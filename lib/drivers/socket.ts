/**
 * The wire under a session: a socket that is open, or an error; and its end.
 *
 * The sockets are opened here and not by the database packages, so that a time limit and a
 * cancellation cover everything from the first packet to the last of the handshake, and so that no
 * package can open a second session behind our back.
 *
 * @module
 */
import { connect, type Socket } from "node:net";
import type { Endpoint } from "./settings.ts";

/** How long a server may take to end a session that was ended politely. */
const FAREWELL_MS = 2_000;

/** A long statement is no reason for a firewall to forget the session. */
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
    // An error must find a listener at any time, even between two owners of the socket.
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
 * The promise of something that a socket will give, as long as it is open.
 *
 * @param listen Is called with what keeps and what breaks the promise.
 */
export async function whileOpen<T>(
  socket: Socket,
  listen: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> {
  if (socket.destroyed) throw connectionReset();
  // Every statement that waits for an answer listens.
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

/** Waits until the server has ended a session too, which frees its locks; then ends it in any case. */
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
