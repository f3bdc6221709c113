/**
 * Negotiates the encryption of a session on PostgreSQL, before its first packet.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
 *
 * @module
 */
import type { Socket } from "node:net";
import type { Attempt } from "../failures.ts";
import type { TlsSettings } from "../settings.ts";
import { whileOpen } from "../socket.ts";
import { encrypt, type Encryption, tlsOptions } from "../tls.ts";

/** The packet that asks for encryption: its length and the number 80877103. */
const SSL_REQUEST = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);

const YES = "S".charCodeAt(0);
const NO = "N".charCodeAt(0);

/**
 * Asks for encryption and encrypts the socket.
 *
 * @returns The encrypted socket; the same socket if the server has no encryption and none is required.
 * @throws An error with the code `NO_TLS` when the server has none; what `node:tls` throws.
 */
export async function negotiate(
  socket: Socket,
  encryption: Encryption,
  tls: TlsSettings,
  host: string,
  attempt: Attempt,
): Promise<Socket> {
  const options = await tlsOptions(tls, host, attempt);
  const answer = await whileOpen<Uint8Array>(socket, (resolve) => {
    socket.once("data", resolve);
    socket.write(SSL_REQUEST);
  });
  // Further bytes would be an attacker's, put in front of the encrypted ones (CVE-2021-23222).
  if (answer.length === 1 && answer[0] === YES) return await encrypt(socket, options);
  if (answer[0] === NO && encryption === "offered") return socket;
  throw Object.assign(new Error("no TLS"), { code: "NO_TLS" });
}
