/**
 * Negotiates the encryption of a session on PostgreSQL, before its first packet.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
 *
 * @module
 */
import type { Socket } from "node:net";
import type { Attempt } from "../../connecting/failures.ts";
import type { TlsSettings } from "../../connecting/url/settings.ts";
import { whileOpen } from "../../connecting/socket.ts";
import { encrypt, type Encryption, tlsOptions } from "../../connecting/tls.ts";

/** The packet that asks for encryption: its length and the number 80877103. */
const SSL_REQUEST = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);

const YES = "S".charCodeAt(0);
const NO = "N".charCodeAt(0);

/**
 * Asks for encryption and encrypts the socket. As with libpq, the server's answer is one letter and
 * nothing else; after any other answer nothing is sent, encrypted or not.
 *
 * @returns The encrypted socket; the same socket if the server has no encryption and none is required.
 * @throws An error with the code `NO_TLS` when the server has none, or `BAD_TLS_ANSWER`; what `encrypt` throws.
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
    socket.once("data", (bytes) => {
      socket.pause();
      resolve(bytes);
    });
    socket.write(SSL_REQUEST);
  });
  // Further bytes would be an attacker's, put in front of the encrypted ones (CVE-2021-23222).
  const isAlone = answer.length + socket.readableLength === 1;
  if (isAlone && answer[0] === YES) return await encrypt(socket, options);
  if (!isAlone || answer[0] !== NO) throw coded("BAD_TLS_ANSWER");
  if (encryption !== "offered") throw coded("NO_TLS");
  return socket.resume();
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
