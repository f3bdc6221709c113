/**
 * A wire that is listened in on.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createConnection, createServer, type Socket } from "node:net";

/** A server that passes everything on to another one, and remembers what clients say. */
export interface Tap extends AsyncDisposable {
  readonly port: number;
  /** Everything that clients have sent, as it was on the wire. */
  heard(): Buffer;
}

/** Listens in on the way to a port of 127.0.0.1. */
export async function startTap(target: number): Promise<Tap> {
  const chunks: Uint8Array[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = createConnection({ host: "127.0.0.1", port: target });
    for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
    near.on("data", (bytes) => {
      chunks.push(bytes);
      far.write(bytes);
    });
    far.on("data", (bytes) => near.write(bytes));
    near.on("close", () => far.destroy());
    far.on("close", () => near.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    heard: () => Buffer.concat(chunks),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
