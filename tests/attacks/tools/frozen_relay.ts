/**
 * A server that stops answering at a point of one's choice.
 *
 * @module
 */
import { createConnection, createServer, type Socket } from "node:net";
import { serverUrl } from "../../tools/databases.ts";

/** A private server behind a wire that freezes. */
export interface FrozenRelay extends AsyncDisposable {
  readonly port: number;
  /** Resolves when a client waits for an answer that will not come. */
  readonly frozen: Promise<void>;
}

/** Passes on so many pieces of a server's answers to each client, and then nothing any more. */
export async function startFrozenRelay(
  dialect: "postgresql" | "mysql",
  pieces: number,
): Promise<FrozenRelay> {
  const sockets = new Set<Socket>();
  const target = Number(new URL(serverUrl(dialect, "")).port);
  const { promise: frozen, resolve } = Promise.withResolvers<void>();
  const server = createServer((near) => {
    const far = createConnection({ host: "127.0.0.1", port: target });
    for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
    let passed = 0;
    near.on("data", (message) => far.write(message));
    far.on("data", (answer) => passed++ < pieces ? void near.write(answer) : resolve());
    near.on("close", () => far.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as { port: number }).port,
    frozen,
    async [Symbol.asyncDispose]() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((closed) => server.close(closed));
    },
  };
}
