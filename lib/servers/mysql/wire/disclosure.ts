/**
 * Who may see the password itself.
 *
 * Most authentication methods prove that the client knows the password without showing it. Some show it
 * to the server, and the server chooses the method: an impostor would choose one of those.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { constants, createPublicKey, type KeyObject, publicEncrypt } from "node:crypto";
import { fileProblem } from "../../../files/problem.ts";
import { protocolError } from "./packets.ts";
import { type Attempt, cannotConnect, lasting } from "../../connecting/failures.ts";
import type { MysqlSettings } from "../../connecting/url/settings.ts";

/** How well the way to the server is protected. */
export type Channel = "unix socket" | "verified TLS" | "unverified TLS" | "clear text";

/** What may be done with the password itself. */
export type Disclosure =
  /** It is sent as it is: nobody else can read it. */
  | { readonly kind: "send" }
  /** It is sent encrypted for the owner of this key. */
  | { readonly kind: "encrypt"; readonly key: KeyObject }
  /** It is sent encrypted for the owner of the key that the server will name. */
  | { readonly kind: "ask for the key" }
  | { readonly kind: "refuse"; readonly why: string; readonly remedy: string };

const REMEDY = "use a Unix socket, or TLS with ssl_ca and ssl_verify_identity=true";

const SEND: Disclosure = { kind: "send" };

/** Where to look for the key in a server's answer, and how weak and how slow it may be. */
const RSA_BITS = { least: 1024, most: 16_384 };

/** Reads a key, which may be an impostor's. */
export function publicKey(pem: Buffer): KeyObject {
  const key = createPublicKey(pem);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  const isUsable = key.asymmetricKeyType === "rsa" && bits >= RSA_BITS.least &&
    bits <= RSA_BITS.most;
  if (!isUsable) throw new TypeError("not an RSA key of 1024 to 16384 bits");
  return key;
}

/** The key that the URL names. */
async function knownKey(path: string, attempt: Attempt): Promise<KeyObject> {
  const refuse = (why: string, cause: unknown) =>
    cannotConnect(attempt, lasting(`cannot read the public key ${path}: ${why}`), cause);
  let pem: Uint8Array;
  try {
    pem = await Deno.readFile(path);
  } catch (error) {
    throw refuse(fileProblem(error), error);
  }
  try {
    return publicKey(Buffer.from(pem));
  } catch (error) {
    throw refuse("it is not an RSA key in PEM form", error);
  }
}

/** What may be done with the password on a channel. */
export async function disclosure(
  channel: Channel,
  settings: MysqlSettings,
  attempt: Attempt,
): Promise<Disclosure> {
  if (channel === "unix socket" || channel === "verified TLS") return SEND;
  const { serverPublicKeyFile, getServerPublicKey, enableCleartextPlugin } = settings;
  if (channel === "unverified TLS") {
    if (enableCleartextPlugin) return SEND;
    return {
      kind: "refuse",
      why: "the server wants the password itself, and TLS does not verify that server's identity",
      remedy: `${REMEDY}, or accept the risk with enable_cleartext_plugin=true`,
    };
  }
  if (serverPublicKeyFile !== null) {
    return { kind: "encrypt", key: await knownKey(serverPublicKeyFile, attempt) };
  }
  if (getServerPublicKey) return { kind: "ask for the key" };
  return {
    kind: "refuse",
    why: "the server wants the password itself, and the connection is not encrypted",
    remedy: `${REMEDY}, name the server's key with server_public_key_path=FILE, ` +
      "or accept the risk with get_server_public_key=true",
  };
}

/** A password encrypted for the owner of a key, as `caching_sha2_password` and `sha256_password` do it. */
export function encryptPassword(password: string, nonce: Buffer, key: KeyObject): Buffer {
  const plain = Buffer.from(`${password}\0`);
  const mixed = plain.map((byte, index) => byte ^ nonce[index % nonce.length]!);
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, mixed);
}

/** The key in a server's answer. */
export function answeredKey(answer: Buffer): KeyObject {
  try {
    return publicKey(answer);
  } catch {
    throw protocolError("it sent a public key that cannot be used");
  }
}
