/**
 * Authentication methods of MySQL and MariaDB, as one exchange each.
 *
 * @see https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods.html
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { answeredKey, type Channel, type Disclosure, encryptPassword } from "./disclosure.ts";
import { NONCE_LENGTH } from "./greeting.ts";
import { protocolError } from "./packets.ts";

/** Credentials and connection of a login. */
export interface Proof {
  /** Empty for none. */
  readonly password: string;
  readonly channel: Channel;
  /** What may be done with the password itself. */
  disclose(): Promise<Disclosure>;
  /** Ends the login. */
  refuse(why: string, remedy: string): never;
}

/** One conversation by a method. */
export interface Exchange {
  /** The answer to the server's random bytes. */
  begin(nonce: Buffer): Promise<Buffer>;
  /** The answer to something that the server says later; null: none. */
  goOn?(said: Buffer): Promise<Buffer | null>;
}

/** A method. */
type Method = (proof: Proof) => Exchange;

const NONE = Buffer.alloc(0);

function hash(name: "sha1" | "sha256", ...parts: readonly Buffer[]): Buffer {
  return createHash(name).update(Buffer.concat(parts)).digest();
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, index) => byte ^ other[index]!));
}

/** The random bytes without the zero behind them. */
function nonceOf(bytes: Buffer, length = NONCE_LENGTH): Buffer {
  if (bytes.length < length) throw protocolError("it sent too few random bytes");
  return bytes.subarray(0, length);
}

/** MySQL's method since 4.1. */
function native({ password }: Proof): Exchange {
  return {
    begin(bytes) {
      if (password === "") return Promise.resolve(NONE);
      const once = hash("sha1", Buffer.from(password));
      return Promise.resolve(xor(once, hash("sha1", nonceOf(bytes), hash("sha1", once))));
    },
  };
}

/** MariaDB's method with public keys. */
function ed25519({ password }: Proof): Exchange {
  return {
    async begin(bytes) {
      const { NONCE_BYTES, signNonce } = await import("./ed25519.ts");
      return Buffer.from(signNonce(password, nonceOf(bytes, NONCE_BYTES)));
    },
  };
}

/** The password itself, on its way to the server: as it is, encrypted, or not at all. */
function passwordItself(proof: Proof, askForKey: number, sendsOn: (channel: Channel) => boolean) {
  let nonce: Buffer = NONE;
  let isKeyAwaited = false;
  return {
    async begin(bytes: Buffer): Promise<Buffer> {
      nonce = nonceOf(bytes);
      if (proof.password === "") return Buffer.of(0);
      const may = await proof.disclose();
      if (may.kind === "refuse") return proof.refuse(may.why, may.remedy);
      if (may.kind === "encrypt") return encryptPassword(proof.password, nonce, may.key);
      isKeyAwaited = may.kind === "ask for the key" || !sendsOn(proof.channel);
      return isKeyAwaited ? Buffer.of(askForKey) : Buffer.from(`${proof.password}\0`);
    },
    goOn(said: Buffer): Promise<Buffer> {
      if (!isKeyAwaited) throw protocolError("it sent something that is not part of the login");
      isKeyAwaited = false;
      return Promise.resolve(encryptPassword(proof.password, nonce, answeredKey(said)));
    },
  };
}

/** MySQL 5.6's method, which gets the password itself; it takes a Unix socket for one in the clear. */
function sha256(proof: Proof): Exchange {
  return passwordItself(proof, 1, (channel) => channel.endsWith("TLS"));
}

/** MySQL 8's method: the server asks for the password itself if it does not remember its hash. */
function cachingSha2(proof: Proof): Exchange {
  const REMEMBERED = 3;
  const ASK_FOR_PASSWORD = 4;
  const itself = passwordItself(proof, 2, () => true);
  let nonce: Buffer = NONE;
  let isAsked = false;
  return {
    begin(bytes) {
      nonce = nonceOf(bytes);
      if (proof.password === "") return Promise.resolve(NONE);
      const once = hash("sha256", Buffer.from(proof.password));
      return Promise.resolve(xor(once, hash("sha256", hash("sha256", once), nonce)));
    },
    async goOn(said) {
      if (isAsked) return await itself.goOn(said);
      const [word] = said;
      if (said.length === 1 && word === REMEMBERED) return null;
      if (said.length !== 1 || word !== ASK_FOR_PASSWORD) {
        throw protocolError("it sent something that is not part of the login");
      }
      isAsked = true;
      return await itself.begin(nonce);
    },
  };
}

/** The password as it is, for PAM and LDAP. */
function clear(proof: Proof): Exchange {
  return {
    async begin() {
      const may = await proof.disclose();
      if (may.kind === "send") return Buffer.from(`${proof.password}\0`);
      if (may.kind === "refuse" && proof.channel !== "clear text") {
        return proof.refuse(may.why, may.remedy);
      }
      return proof.refuse(
        "the server wants the password in clear text",
        "use a Unix socket, or TLS with ssl_ca and ssl_verify_identity=true",
      );
    },
  };
}

/** The methods by the names that servers have for them. */
const METHODS: ReadonlyMap<string, Method> = new Map([
  ["mysql_native_password", native],
  ["caching_sha2_password", cachingSha2],
  ["client_ed25519", ed25519],
  ["sha256_password", sha256],
  ["mysql_clear_password", clear],
]);

/** Methods whose first answer shows no more than a hash: these may be tried unasked. */
const FIRST_METHODS = ["mysql_native_password", "caching_sha2_password"];

/** The method for the first answer: the one that the server suggests, if that is harmless. */
export function firstMethod(suggested: string): string {
  return FIRST_METHODS.includes(suggested) ? suggested : FIRST_METHODS[0]!;
}

/** Why a method is not among them, where there is more to say. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  dialog: "for PAM, set pam_use_cleartext_plugin=ON on the server",
  mysql_old_password: "set the user's password again, which stores it in a newer form",
};

/** Starts the exchange of a method. */
export function exchange(name: string, proof: Proof): Exchange {
  const method = METHODS.get(name);
  if (method !== undefined) return method(proof);
  const known = [...METHODS.keys()].join(", ");
  const shown = /^\w{1,64}$/.test(name) ? `"${name}"` : "one without a proper name";
  const remedy = Object.hasOwn(UNSUPPORTED, name)
    ? UNSUPPORTED[name]!
    : `give the user one of ${known}`;
  return proof.refuse(`the server wants an unsupported authentication method, ${shown}`, remedy);
}
