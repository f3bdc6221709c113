/**
 * A load balancer in front of private servers.
 *
 * @module
 */
import { createConnection, createServer, type Socket } from "node:net";

/** A port behind which several servers answer. */
export interface Balancer extends AsyncDisposable {
  /** The URL of a server with the balancer's address instead of its own. */
  url(server: string): string;
}

/** Starts one that sends each new connection to the next server; the last one gets all that follow. */
export async function startBalancer(servers: readonly string[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  const ports = servers.map((url) => Number(new URL(url).port));
  let accepted = 0;
  const server = createServer((near) => {
    const port = ports[Math.min(accepted++, ports.length - 1)]!;
    const far = createConnection({ host: "127.0.0.1", port });
    for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
    near.pipe(far).on("close", () => near.destroy());
    far.pipe(near).on("close", () => far.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: (url) => url.replace(/(@[^:/]+):\d+/, `$1:${port}`),
    async [Symbol.asyncDispose]() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
