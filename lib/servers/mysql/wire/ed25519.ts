/**
 * MariaDB's authentication plugin `ed25519`.
 *
 * It signs with the SHA-512 of the password where Ed25519 has the SHA-512 of a 32-byte seed, so a
 * library for Ed25519 cannot make this signature for a password of any other length; it can only
 * multiply the points.
 * @see https://mariadb.com/kb/en/authentication-plugin-ed25519/
 * @see https://www.rfc-editor.org/rfc/rfc8032#section-5.1.6
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { Point } from "@noble/ed25519";

/** How many bytes the server asks to be signed. */
export const NONCE_BYTES = 32;

/** How many bytes a scalar and a point have. */
const WIDTH = 32;

const ORDER = Point.CURVE().n;

function sha512(...parts: readonly Uint8Array[]): Buffer {
  return createHash("sha512").update(Buffer.concat(parts)).digest();
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt("0x" + Buffer.from(bytes).reverse().toString("hex"));
}

function toBytes(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(2 * WIDTH, "0"), "hex").reverse();
}

/** The number that bytes stand for, reduced to a scalar. */
function scalar(bytes: Uint8Array): bigint {
  return toNumber(bytes) % ORDER;
}

/** The first half of an expanded secret as the secret scalar, with the bits set that must be. */
function clamped(half: Uint8Array): bigint {
  const bytes = Buffer.from(half);
  bytes[0]! &= 248;
  bytes[31]! = (bytes[31]! & 127) | 64;
  return scalar(bytes);
}

/** The answer to a server's nonce: a signature of it, made with the password. */
export function signNonce(password: string, nonce: Uint8Array): Uint8Array {
  const message = nonce.subarray(0, NONCE_BYTES);
  const expanded = sha512(Buffer.from(password));
  const secret = clamped(expanded.subarray(0, WIDTH));
  const blinding = scalar(sha512(expanded.subarray(WIDTH), message));
  const commitment = Point.BASE.multiply(blinding).toBytes();
  const challenge = scalar(sha512(commitment, Point.BASE.multiply(secret).toBytes(), message));
  return Buffer.concat([commitment, toBytes((blinding + challenge * secret) % ORDER)]);
}
