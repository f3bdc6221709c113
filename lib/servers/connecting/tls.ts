/**
 * Encryption of a session, with libpq's rules about what is checked in which mode.
 *
 * @module
 */
import { isIP, type Socket } from "node:net";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { fileProblem } from "../../files/problem.ts";
import { type Attempt, cannotConnect, driverError, lasting } from "./failures.ts";
import { whileOpen } from "./socket.ts";
import type { Endpoint, TlsMode, TlsSettings } from "./url/settings.ts";

/** Whether a session is encrypted: no, if the server offers it, or always. */
export type Encryption = "none" | "offered" | "must";

/**
 * What each mode tries, in order, as libpq does.
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
const ENCRYPTIONS: Readonly<Record<TlsMode, readonly [Encryption, ...Encryption[]]>> = {
  "disable": ["none"],
  "allow": ["none", "must"],
  "prefer": ["offered", "none"],
  "require": ["must"],
  "verify-ca": ["must"],
  "verify-full": ["must"],
};

/** What to try, in order. A Unix socket is never encrypted: nobody can eavesdrop on it. */
export function encryptions(
  tls: TlsSettings,
  endpoint: Endpoint,
): readonly [Encryption, ...Encryption[]] {
  return endpoint.kind === "unix" ? ["none"] : ENCRYPTIONS[tls.mode];
}

/**
 * Opens a session with the first kind of encryption that the server accepts. A handshake that fails is
 * no reason to try without encryption: somebody on the way could make it fail.
 *
 * @param refusals Codes with which the server refuses this kind of encryption.
 * @throws What the last attempt throws, or an earlier one where another kind would not help.
 */
export async function openInSomeWay<T>(
  [first, second]: readonly [Encryption, ...Encryption[]],
  refusals: readonly string[],
  openIn: (way: Encryption) => Promise<T>,
): Promise<T> {
  try {
    return await openIn(first);
  } catch (error) {
    if (second === undefined || !refusals.includes(driverError(error).code)) throw error;
    return await openIn(second);
  }
}

/**
 * Options for encrypting a session with a host.
 *
 * @throws {ConnectionError} When a file with a certificate or a key cannot be read.
 */
export async function tlsOptions(
  tls: TlsSettings,
  host: string,
  attempt: Attempt,
): Promise<ConnectionOptions> {
  const read = async (key: string, path: string | null) =>
    path === null ? {} : { [key]: await readPem(path, attempt) };
  return {
    ...(isIP(host) === 0 ? { host, servername: host } : { host }),
    // libpq checks the authority in every mode in which it was given one.
    rejectUnauthorized: tls.caFile !== null || tls.mode.startsWith("verify-"),
    ...(tls.mode === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
    ...await read("ca", tls.caFile),
    ...await read("cert", tls.certFile),
    ...await read("key", tls.keyFile),
  };
}

/** Reads a file with a certificate or a key. */
async function readPem(path: string, attempt: Attempt): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw cannotConnect(attempt, lasting(`cannot read ${path}: ${fileProblem(error)}`), error);
  }
}

/** Codes that say what is wrong by themselves: of the certificate, and of the wire. */
const CLEAR_CODES = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|^ECONNRESET$|^EPIPE$/;

/** The error of a handshake; most codes are known to experts of OpenSSL alone. */
function handshakeError(error: unknown): unknown {
  const { code, message } = driverError(error);
  if (CLEAR_CODES.test(code)) return error;
  return Object.assign(new Error(message.replace(/ \(SSL routines:.*$/s, "")), {
    code: "TLS_HANDSHAKE",
  });
}

/**
 * Encrypts a socket from which everything that came has been read.
 *
 * @throws What `node:tls` throws, or an error with the code `TLS_HANDSHAKE`.
 */
export async function encrypt(socket: Socket, options: ConnectionOptions): Promise<TLSSocket> {
  return await whileOpen(socket, (resolve, reject) => {
    const encrypted = connect({ ...options, socket });
    encrypted.on("error", (error) => reject(handshakeError(error)));
    encrypted.once("secureConnect", () => resolve(encrypted));
  });
}
