/**
 * Ties a login to the encrypted connection, so that nobody in the middle can pass it on: the hash of
 * the server's certificate (`tls-server-end-point`).
 * @see https://www.rfc-editor.org/rfc/rfc5929#section-4
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/** The hash in each algorithm for signatures, by its object identifier in hexadecimal. */
const HASHES: Readonly<Record<string, string>> = {
  // RSA. What is weaker than SHA-256 is replaced by it.
  "2a864886f70d010104": "sha256",
  "2a864886f70d010105": "sha256",
  "2a864886f70d01010b": "sha256",
  "2a864886f70d01010c": "sha384",
  "2a864886f70d01010d": "sha512",
  "2a864886f70d01010e": "sha224",
  // ECDSA.
  "2a8648ce3d0401": "sha256",
  "2a8648ce3d040301": "sha224",
  "2a8648ce3d040302": "sha256",
  "2a8648ce3d040303": "sha384",
  "2a8648ce3d040304": "sha512",
};

/** An element of DER: where its contents begin and end. */
function element(der: Buffer, at: number): { readonly from: number; readonly to: number } {
  const short = der[at + 1]!;
  if (short < 0x80) return { from: at + 2, to: at + 2 + short };
  const count = short - 0x80;
  const from = at + 2 + count;
  return { from, to: from + der.readUIntBE(at + 2, count) };
}

/** The algorithm with which a certificate is signed: what comes after the part that is signed. */
function signatureAlgorithm(certificate: Buffer): string {
  const signed = element(certificate, element(certificate, 0).from);
  const name = element(certificate, element(certificate, signed.to).from);
  return certificate.toString("hex", name.from, name.to);
}

/** What is known of the connection's server; null where the connection or the certificate has none. */
export function endPoint(socket: Socket): Uint8Array | null {
  if (!(socket instanceof TLSSocket)) return null;
  const { raw } = socket.getPeerCertificate(true);
  if (!raw) return null;
  const certificate = Buffer.from(raw);
  const hash = HASHES[signatureAlgorithm(certificate)];
  return hash === undefined ? null : createHash(hash).update(certificate).digest();
}
