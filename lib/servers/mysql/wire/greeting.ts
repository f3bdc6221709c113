/**
 * What a MySQL server says first.
 *
 * @see https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { protocolError } from "./packets.ts";

/** Abilities that one end offers and the other takes, as bits. */
export const CAPABILITY = {
  LONG_PASSWORD: 1,
  FOUND_ROWS: 1 << 1,
  LONG_FLAG: 1 << 2,
  CONNECT_WITH_DB: 1 << 3,
  PROTOCOL_41: 1 << 9,
  SSL: 1 << 11,
  TRANSACTIONS: 1 << 13,
  SECURE_CONNECTION: 1 << 15,
  MULTI_RESULTS: 1 << 17,
  PLUGIN_AUTH: 1 << 19,
  CONNECT_ATTRS: 1 << 20,
  PLUGIN_AUTH_LENENC_CLIENT_DATA: 1 << 21,
} as const;

/** The number of utf8mb4_general_ci, which every server knows. */
export const COLLATION = 45;

/** How many random bytes a server sends for one answer. */
export const NONCE_LENGTH = 20;

const PROTOCOL_VERSION = 10;
const ERROR = 0xff;

/** A server's greeting. */
export interface Greeting {
  readonly version: string;
  /** The number of the session. */
  readonly session: number;
  readonly capabilities: number;
  /** Random bytes for the first answer. */
  readonly nonce: Buffer;
  /** The authentication method that the server suggests; empty if it is too old to have several. */
  readonly method: string;
}

/** A server's refusal. */
export interface Refusal {
  readonly number: number;
  readonly said: string;
}

/** The refusal in a packet; null if it is another packet. */
export function readRefusal(payload: Buffer): Refusal | null {
  if (payload[0] !== ERROR || payload.length < 3) return null;
  const text = payload.toString("utf8", 3);
  // Before the greeting there is no SQLSTATE.
  return { number: payload.readUInt16LE(1), said: text.replace(/^#.{5}/s, "") };
}

/** Bytes up to the next zero, or to the end. */
export function untilZero(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/**
 * Reads a greeting.
 *
 * @throws When it is none that this program understands.
 */
export function readGreeting(payload: Buffer): Greeting {
  const version = untilZero(payload.subarray(1));
  // The positions of what has a fixed length, after the version and the zero that ends it.
  const rest = payload.subarray(1 + version.length + 1);
  if (payload[0] !== PROTOCOL_VERSION || rest.length < 44) {
    throw protocolError("its greeting is not that of a MySQL or MariaDB server");
  }
  const capabilities = (rest.readUInt16LE(13) | (rest.readUInt16LE(18) << 16)) >>> 0;
  const needed = CAPABILITY.PROTOCOL_41 | CAPABILITY.SECURE_CONNECTION;
  if ((capabilities & needed) !== needed) throw protocolError("it is older than MySQL 4.1");
  const second = rest.subarray(31, 31 + Math.max(13, rest[20]! - 8));
  const hasMethods = (capabilities & CAPABILITY.PLUGIN_AUTH) !== 0;
  return {
    version: version.toString("latin1"),
    session: rest.readUInt32LE(0),
    capabilities,
    nonce: Buffer.concat([rest.subarray(4, 12), second]).subarray(0, NONCE_LENGTH),
    method: hasMethods ? untilZero(rest.subarray(31 + second.length)).toString("latin1") : "",
  };
}

/** A greeting as a packet's payload. */
export function writeGreeting({ version, session, capabilities, nonce, method }: Greeting): Buffer {
  const numbers = Buffer.alloc(4 + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10);
  numbers.writeUInt32LE(session, 0);
  nonce.copy(numbers, 4, 0, 8);
  numbers.writeUInt16LE(capabilities & 0xffff, 13);
  numbers.writeUInt16LE(capabilities >>> 16, 18);
  numbers[20] = NONCE_LENGTH + 1;
  return Buffer.concat([
    ...[Buffer.of(PROTOCOL_VERSION), Buffer.from(`${version}\0`, "latin1"), numbers],
    ...[nonce.subarray(8, NONCE_LENGTH), Buffer.from(`\0${method}\0`, "latin1")],
  ]);
}
