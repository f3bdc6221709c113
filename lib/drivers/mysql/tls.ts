/**
 * Encrypts a session on MySQL.
 *
 * @module
 */
import type { Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { Connection } from "mysql2";
import { encrypt } from "../tls.ts";

/** The parts of the package's connection that its type declarations lack. */
interface Internals {
  stream: Socket;
  readonly packetParser: { execute(bytes: Uint8Array): void };
  startTLS(done: () => void): void;
  _handleNetworkError(error: unknown): void;
}

/**
 * Sets the options with which a connection encrypts itself.
 *
 * The package's own way (mysql2 3.24) takes a certificate for `localhost` for good when the host is
 * given as an address.
 */
export function encryptWith(client: Connection, options: ConnectionOptions): void {
  const internals = client as unknown as Internals;
  internals.startTLS = (done) => {
    const wire = internals.stream;
    wire.removeAllListeners("data");
    encrypt(wire, options).then((socket) => {
      socket.on("error", (error) => internals._handleNetworkError(error));
      socket.on("data", (bytes: Uint8Array) => internals.packetParser.execute(bytes));
      internals.stream = socket;
      done();
      // The package would replace the error's code with its own.
    }, (error) => client.emit("error", error));
  };
}
