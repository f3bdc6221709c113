/**
 * SCRAM-SHA-256, the client's part: the server learns no password, and proves that it knows it.
 * @see https://www.rfc-editor.org/rfc/rfc5802
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { ProtocolViolation } from "./messages.ts";

/**
 * How often the password is hashed: never less often than RFC 7677 allows, which would help a
 * thief, and never for minutes, since whoever asks for it has not proven anything yet.
 */
const ITERATIONS = { fewest: 4_096, most: 2_000_000 } as const;

const KEY_BYTES = 32;

const NONCE_BYTES = 18;

/** How the exchange is tied to the encrypted connection. */
export interface Binding {
  /** What comes first, such as `n,,`, `y,,` or `p=tls-server-end-point,,`. */
  readonly header: string;
  /** What is known of the connection; empty unless the header begins with `p`. */
  readonly data: Uint8Array;
}

/** The server's challenge, read and checked. */
interface Challenge {
  readonly text: string;
  readonly nonce: string;
  readonly salt: Buffer;
  readonly iterations: number;
}

const hmac = (key: Uint8Array, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

const xor = (left: Uint8Array, right: Uint8Array): Buffer =>
  Buffer.from(left.map((byte, index) => byte ^ right[index]!));

/** Hashing is left to another thread, so that time limits and signals have an effect meanwhile. */
const salted = promisify(pbkdf2);

const malformed = (): ProtocolViolation =>
  new ProtocolViolation("the server's challenge for the password (SCRAM) is malformed");

/** One login. */
export class Scram {
  readonly #nonce = randomBytes(NONCE_BYTES).toString("base64");
  readonly #binding: Binding;
  #signature: Buffer | null = null;

  constructor(binding: Binding) {
    this.#binding = binding;
  }

  /** The client's first message. */
  first(): string {
    return this.#binding.header + this.#bareFirst();
  }

  /** The user is named in the start-up message. */
  #bareFirst(): string {
    return `n=,r=${this.#nonce}`;
  }

  /**
   * The client's second message, which proves that it knows the password.
   *
   * @throws {ProtocolViolation} When the challenge is none, or one that would do harm.
   */
  async final(challenge: string, password: string): Promise<string> {
    const { text, nonce, salt, iterations } = this.#read(challenge);
    const key = await salted(password, salt, iterations, KEY_BYTES, "sha256");
    const binding = Buffer.concat([Buffer.from(this.#binding.header), this.#binding.data]);
    const withoutProof = `c=${binding.toString("base64")},r=${nonce}`;
    const signed = `${this.#bareFirst()},${text},${withoutProof}`;
    const clientKey = hmac(key, "Client Key");
    const storedKey = createHash("sha256").update(clientKey).digest();
    this.#signature = hmac(hmac(key, "Server Key"), signed);
    return `${withoutProof},p=${xor(clientKey, hmac(storedKey, signed)).toString("base64")}`;
  }

  /** Whether the server's last message proves that it knows the password too. */
  proves(last: string): boolean {
    const signature = Buffer.from(/^v=([A-Za-z0-9+/]+={0,2})$/.exec(last)?.[1] ?? "", "base64");
    return this.#signature !== null && signature.length === this.#signature.length &&
      timingSafeEqual(signature, this.#signature);
  }

  #read(text: string): Challenge {
    const [, nonce, salt, count] =
      /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9]\d{0,9})$/.exec(text) ?? [];
    if (nonce === undefined) throw malformed();
    if (!nonce.startsWith(this.#nonce) || nonce.length === this.#nonce.length) {
      throw new ProtocolViolation(
        "the server's challenge for the password (SCRAM) does not belong to this login",
      );
    }
    const iterations = Number(count);
    if (iterations < ITERATIONS.fewest || iterations > ITERATIONS.most) {
      throw new ProtocolViolation(
        `the server wants the password hashed ${iterations} times (SCRAM), and ` +
          `${ITERATIONS.fewest} to ${ITERATIONS.most} are accepted; check scram_iterations there`,
      );
    }
    return { text, nonce, salt: Buffer.from(salt!, "base64"), iterations };
  }
}
