/**
 * A wire that can be cut.
 *
 * @module
 */
import { createConnection, createServer, type Socket } from "node:net";
import { serverUrl } from "./databases.ts";

/** When a connection is cut at a message of the client: before the server gets it, before it answers, or after that. */
export type Moment = "before" | "in" | "after";

export const MOMENTS: readonly Moment[] = ["before", "in", "after"];

/** Where to cut. */
export interface Cut {
  /** Told each message of a client; true cuts the wire there. */
  readonly at: (message: Uint8Array) => boolean;
  readonly moment: Moment;
}

/** A server that passes everything on to a private one. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** Ends all connections that there are. */
  cut(): void;
}

/** Starts one on a port of 127.0.0.1; 0: any. */
export async function startRelay(
  dialect: "postgresql" | "mysql",
  port = 0,
  { at, moment }: Cut = { at: () => false, moment: "before" },
): Promise<Relay> {
  const sockets = new Set<Socket>();
  const target = Number(new URL(serverUrl(dialect, "")).port);
  const server = createServer((near) => {
    const far = createConnection({ host: "127.0.0.1", port: target });
    for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
    const end = () => [near, far].forEach((socket) => socket.destroy());
    let isCut = false;
    near.on("data", (message) => {
      if (isCut) return;
      isCut = at(message);
      if (isCut && moment === "before") return end();
      // The server gets the message, and finds nobody to answer to.
      if (isCut && moment === "in") return void far.end(message, () => near.destroy());
      far.write(message);
    });
    far.on("data", (answer) => isCut ? end() : near.write(answer));
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
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
