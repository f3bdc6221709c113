/**
 * A wire that can be cut.
 *
 * @module
 */
import { createConnection, createServer, type Socket } from "node:net";
import { serverUrl } from "./databases.ts";

/** A server that passes everything on to a private one. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** Ends all connections that there are. */
  cut(): void;
}

/** Starts one on a port of 127.0.0.1; 0: any. */
export async function startRelay(dialect: "postgresql" | "mysql", port = 0): Promise<Relay> {
  const sockets = new Set<Socket>();
  const target = Number(new URL(serverUrl(dialect, "")).port);
  const server = createServer((near) => {
    const far = createConnection({ host: "127.0.0.1", port: target });
    for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as { port: number }).port,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
