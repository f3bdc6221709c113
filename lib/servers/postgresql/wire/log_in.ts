/**
 * Logging in: from the first message to the server's acceptance. None of it is left to the database
 * package, which would answer whatever it is asked.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Attempt } from "../../connecting/failures.ts";
import type {
  AuthenticationMethod,
  Endpoint,
  PostgresqlSettings,
} from "../../connecting/url/settings.ts";
import { endPoint } from "./channel_binding.ts";
import {
  clientMessage,
  int32,
  type Message,
  MessageReader,
  notPostgresql,
  ProtocolViolation,
} from "./messages.ts";
import { type Binding, Scram } from "./scram.ts";

/** Credentials and connection of a login. */
export interface LoginOptions {
  readonly settings: PostgresqlSettings;
  readonly attempt: Attempt;
  readonly endpoint: Endpoint;
}

/** The numbers of the server's requests. */
const REQUEST = { ok: 0, password: 3, md5: 5, sasl: 10, saslContinue: 11, saslFinal: 12 } as const;

/** The method that a request begins. */
const METHODS: Readonly<Record<number, AuthenticationMethod>> = {
  [REQUEST.password]: "password",
  [REQUEST.md5]: "md5",
  7: "gss",
  8: "gss",
  9: "sspi",
  [REQUEST.sasl]: "scram-sha-256",
};

/** Version 3.0 of the protocol, in the first message. */
const PROTOCOL_VERSION = 196_608;

const SALT_BYTES = 4;

/** Messages about a new session: PostgreSQL has about 20. */
const MOST_MESSAGES = 1_000;

const refused = (why: string): ProtocolViolation => new ProtocolViolation(why);

/** The first message: who wants what, and how values are written. */
function startup({ settings, attempt }: LoginOptions): Buffer {
  const parameters = {
    user: attempt.user,
    database: attempt.database ?? attempt.user,
    client_encoding: "UTF8",
    application_name: settings.applicationName ?? "mistral-db-manage",
    DateStyle: "ISO",
    ...(settings.options === null ? {} : { options: settings.options }),
  };
  const words = Object.entries(parameters).flat();
  if (words.some((word) => word.includes("\0"))) {
    throw refused("a name or an option in the connection URL has a NUL character; remove it");
  }
  return clientMessage(
    "",
    int32(PROTOCOL_VERSION),
    words.map((word) => `${word}\0`).join(""),
    "\0",
  );
}

/** The server's refusal, with its SQLSTATE as the code. */
function serverError(body: Buffer): Error {
  const fields = new Map(
    body.toString().split("\0").map((field) => [field.charAt(0), field.slice(1)]),
  );
  const code = fields.get("C") ?? "";
  const message = fields.get("M") ?? "the server refuses the connection without a reason";
  return Object.assign(new Error(message), { code: /^[0-9A-Z]{5}$/.test(code) ? code : "" });
}

const md5 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

/** One login on one socket. */
class Login {
  readonly #socket: Socket;
  readonly #options: LoginOptions;
  readonly #reader: MessageReader;
  #asked: AuthenticationMethod | null = null;
  #isBound = false;

  constructor(socket: Socket, options: LoginOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#reader = new MessageReader(socket);
  }

  async run(): Promise<Buffer> {
    this.#socket.write(startup(this.#options));
    for (;;) {
      const request = await this.#next();
      const kind = request.readUInt32BE(0);
      if (kind === REQUEST.ok) {
        this.#checkAcceptance();
        return await this.#untilReady();
      }
      await this.#answer(this.#methodOf(kind), request.subarray(4));
    }
  }

  /** The body of the server's next request; notices are for nobody here. */
  async #next(): Promise<Buffer> {
    for (;;) {
      const { type, body } = await this.#message("RN");
      if (type === "R" && body.length < 4) throw notPostgresql();
      if (type === "R") return body;
    }
  }

  /** What the server says of the session, until it waits for a statement. */
  async #untilReady(): Promise<Buffer> {
    const messages: Buffer[] = [];
    for (;;) {
      const { type, bytes } = await this.#message("SKNZ");
      messages.push(bytes);
      if (messages.length > MOST_MESSAGES) throw notPostgresql();
      if (type === "Z") return Buffer.concat([...messages, this.#reader.release()]);
    }
  }

  /** The next message, of one of these types, unless it is the server's refusal. */
  async #message(types: string): Promise<Message> {
    const message = await this.#reader.next();
    if (message.type === "E") throw serverError(message.body);
    if (!types.includes(message.type)) throw notPostgresql();
    return message;
  }

  /** The method that the server asks for, if it may ask for that. */
  #methodOf(kind: number): AuthenticationMethod {
    const method = METHODS[kind];
    if (method === undefined) {
      throw refused(`the server asks for authentication of the unknown kind ${kind}`);
    }
    if (this.#asked !== null) throw refused("the server asks for a second proof of who connects");
    this.#asked = method;
    this.#checkMethod(method);
    return method;
  }

  #checkMethod(method: AuthenticationMethod): void {
    const { requiredAuthentication: required, channelBinding } = this.#options.settings;
    if (required && !required.methods.includes(method)) {
      const what = method === "none" ? "no authentication" : `the method "${method}"`;
      throw refused(`the server asks for ${what}, which require_auth in the URL rules out`);
    }
    if (channelBinding === "require" && method !== "scram-sha-256") throw unbound();
    if (method === "gss" || method === "sspi") {
      throw refused(
        `the server asks for the method "${method}" (Kerberos), which this program does not have; ` +
          "give the user another one in pg_hba.conf",
      );
    }
  }

  /** Accepting is the last step of a login, and takes the place of none of the others. */
  #checkAcceptance(): void {
    if (this.#asked === null) this.#checkMethod("none");
    if (this.#options.settings.channelBinding === "require" && !this.#isBound) throw unbound();
  }

  async #answer(method: AuthenticationMethod, rest: Buffer): Promise<void> {
    if (method === "scram-sha-256") return await this.#answerSasl(rest);
    this.#send(`${method === "md5" ? this.#hashed(rest) : this.#clear()}\0`);
  }

  #send(...parts: readonly (string | Uint8Array)[]): void {
    this.#socket.write(clientMessage("p", ...parts));
  }

  get #password(): string {
    return this.#options.settings.password?.reveal() ?? "";
  }

  /** The password itself is for a server that has proven who it is, or when the URL asks for it. */
  #clear(): string {
    const { settings, endpoint } = this.#options;
    const isVerified = settings.tls.mode === "verify-full" && this.#socket instanceof TLSSocket;
    const isWanted = settings.requiredAuthentication?.namesPassword ?? false;
    if (isVerified || isWanted || endpoint.kind === "unix") return this.#password;
    throw refused(
      "the server asks for the password in clear text, but has not proven who it is; use " +
        "sslmode=verify-full or scram-sha-256, or allow it with require_auth=password in the URL",
    );
  }

  #hashed(salt: Buffer): string {
    if (salt.length !== SALT_BYTES) throw refused("the server's request for MD5 is malformed");
    return `md5${md5(md5(this.#password, this.#options.attempt.user), salt)}`;
  }

  async #answerSasl(offered: Buffer): Promise<void> {
    const mechanisms = offered.toString("latin1").split("\0");
    const { mechanism, binding } = this.#mechanism(mechanisms);
    const scram = new Scram(binding);
    const first = scram.first();
    this.#send(`${mechanism}\0`, int32(first.length), first);
    const challenge = await this.#expect(REQUEST.saslContinue);
    this.#send(await scram.final(challenge, this.#password));
    const last = await this.#expect(REQUEST.saslFinal);
    if (!scram.proves(last)) {
      throw Object.assign(new Error("wrong signature"), { code: "SASL_SIGNATURE_MISMATCH" });
    }
    this.#isBound = mechanism === BOUND;
  }

  async #expect(kind: number): Promise<string> {
    const request = await this.#next();
    const found = request.readUInt32BE(0);
    if (found === kind) return request.toString("utf8", 4);
    if (found === REQUEST.ok) {
      throw refused(
        "the server accepts the login without proving that it knows the password, so it may be an " +
          "impostor",
      );
    }
    throw refused("the server does not keep to the rules of SCRAM");
  }

  /** The mechanism to use; the header tells the server what the client knows of it, against downgrades. */
  #mechanism(offered: readonly string[]): { mechanism: string; binding: Binding } {
    const { channelBinding } = this.#options.settings;
    const data = channelBinding === "disable" ? null : endPoint(this.#socket);
    if (data !== null && offered.includes(BOUND)) {
      return { mechanism: BOUND, binding: { header: "p=tls-server-end-point,,", data } };
    }
    if (channelBinding === "require") throw unbound();
    if (!offered.includes(UNBOUND)) {
      throw refused("the server asks for a kind of SASL that this program does not have");
    }
    const header = data === null ? "n,," : "y,,";
    return { mechanism: UNBOUND, binding: { header, data: new Uint8Array() } };
  }
}

const UNBOUND = "SCRAM-SHA-256";
const BOUND = "SCRAM-SHA-256-PLUS";

const unbound = (): ProtocolViolation =>
  refused(
    "channel_binding=require in the URL needs a login by scram-sha-256 over TLS, and the server " +
      "does not offer that",
  );

/**
 * Logs in.
 *
 * @returns What the server has sent after its acceptance, up to the moment when it waits for a statement.
 * @throws {ProtocolViolation} When the server asks for what it must not have, or breaks the rules.
 * @throws The server's refusal, with its SQLSTATE as `code`.
 */
export async function logIn(socket: Socket, options: LoginOptions): Promise<Buffer> {
  return await new Login(socket, options).run();
}
