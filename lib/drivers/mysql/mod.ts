/**
 * Sessions on MySQL and MariaDB, with the npm package `mysql2`.
 *
 * @module
 */
import type { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import mysql from "mysql2";
import { OperatorError } from "../../errors.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import type { Connection } from "../connection.ts";
import { type Attempt, connectFailure } from "../failures.ts";
import { charsetNumber } from "./charset.ts";
import { joinCluster } from "./galera.ts";
import { MYSQL_PROBLEMS } from "./problems.ts";
import { encryptWith } from "./tls.ts";
import { bindable, rowOf } from "./types.ts";
import { withPlaceholders } from "../placeholders.ts";
import { type Client, ENDED_BY_SERVER, Session } from "../session.ts";
import type { Secret } from "../secret.ts";
import type { MysqlSettings } from "../settings.ts";
import { destroySocket, openSocket, untilClosed } from "../socket.ts";
import { targetName } from "../target.ts";
import { withTimeLimit } from "../time_limit.ts";
import { type Encryption, encryptions, openInSomeWay, tlsOptions } from "../tls.ts";
import { operatingSystemUser } from "../user.ts";
import { Watchdog } from "../watchdog.ts";

/** PyMySQL's default. */
const CONNECT_TIMEOUT_SECONDS = 10;

/** How many prepared statements the server keeps for a session. */
const PREPARED_STATEMENTS = 16;

type Answer = [mysql.QueryResult, mysql.FieldPacket[]];

/** Opens a session. */
export async function openMysql(
  settings: MysqlSettings,
  signal?: AbortSignal,
): Promise<Connection> {
  const { endpoint, database } = settings;
  const user = settings.user ?? operatingSystemUser();
  const attempt = { user, database, target: targetName(user, endpoint, database) };
  const seconds = settings.connectTimeout ?? CONNECT_TIMEOUT_SECONDS;
  try {
    return await withTimeLimit(
      seconds,
      signal,
      (limit) =>
        openInSomeWay(
          encryptions(settings.tls, endpoint),
          [],
          (way) => openSession(settings, way, attempt, limit),
        ),
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof OperatorError) throw error;
    throw connectFailure(attempt, error, MYSQL_PROBLEMS);
  }
}

/** Opens a session. */
async function openSession(
  settings: MysqlSettings,
  encryption: Encryption,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Connection> {
  const { endpoint } = settings;
  const host = endpoint.kind === "tcp" ? endpoint.host : "localhost";
  const tls = encryption === "none" ? null : await tlsOptions(settings.tls, host, attempt);
  const socket = await openSocket(endpoint, signal);
  try {
    const client = createClient(settings, attempt, socket, tls !== null);
    if (tls !== null) encryptWith(client, tls);
    await connected(client, socket);
    const session = new Session(new MysqlClient(client, socket, attempt.target, settings));
    // A server can be configured to begin sessions as if every statement began a transaction, and to
    // refuse an UPDATE of all rows.
    await session.execute({ parts: ["SET autocommit = 1, sql_safe_updates = 0"], values: [] });
    await joinCluster(session, attempt);
    return session;
  } catch (error) {
    await destroySocket(socket);
    throw error;
  }
}

/** Creates a client of the package on an open socket. */
function createClient(
  settings: MysqlSettings,
  attempt: Attempt,
  socket: Socket,
  encrypted: boolean,
): mysql.Connection {
  const { endpoint, tls } = settings;
  const unix = endpoint.kind === "unix";
  return mysql.createConnection({
    stream: socket,
    user: attempt.user,
    ...(settings.password === null ? {} : { password: settings.password.reveal() }),
    ...(settings.database === null ? {} : { database: settings.database }),
    // The package treats a session with a socket path as safe from eavesdroppers.
    ...(unix ? { socketPath: endpoint.path } : { host: endpoint.host, port: endpoint.port }),
    ...(encrypted ? { ssl: {} } : {}),
    charsetNumber: charsetNumber(settings.charset),
    // Without IGNORE_SPACE, which would put a word into sql_mode, and without LOAD DATA LOCAL.
    flags: ["FOUND_ROWS", "-IGNORE_SPACE", "-LOCAL_FILES"],
    ...{ supportBigNumbers: true, dateStrings: true, jsonStrings: true, disableEval: true },
    // The caller limits the time to connect.
    ...{ connectTimeout: 0, maxPreparedStatements: PREPARED_STATEMENTS },
    connectAttributes: { program_name: "mistral-db-manage" },
    authPlugins: { client_ed25519: () => ed25519(settings.password) },
    // The password itself, for PAM and LDAP, goes only to a server whose identity is verified.
    enableCleartextPlugin: unix || (encrypted && tls.mode.startsWith("verify-")),
  });
}

/** MariaDB's plugin `ed25519`, loaded when a server asks for it. */
function ed25519(password: Secret | null) {
  return async (nonce: Uint8Array) => {
    const { signNonce } = await import("./ed25519.ts");
    return signNonce(password?.reveal() ?? "", nonce) as Buffer;
  };
}

/** Waits until a session is open. */
async function connected(client: mysql.Connection, socket: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Later on this event needs no handler: the failing statement reports the same error.
  client.on("error", reject);
  socket.once("error", reject);
  client.once("connect", () => resolve());
  await promise;
}

/** One session of the package. */
class MysqlClient implements Client {
  readonly dialect = "mysql";
  readonly target: string;
  readonly #client: mysql.Connection;
  readonly #socket: Socket;
  readonly #watchdog: Watchdog;

  constructor(client: mysql.Connection, socket: Socket, target: string, settings: MysqlSettings) {
    this.#client = client;
    this.#socket = socket;
    this.target = target;
    this.#watchdog = new Watchdog(socket, settings.readTimeout, settings.writeTimeout);
  }

  async execute(statement: Statement): Promise<number> {
    const [answer] = await this.#send(statement);
    return Array.isArray(answer) ? 0 : (answer as mysql.ResultSetHeader).affectedRows;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    const [answer, fields] = await this.#send(statement);
    if (!Array.isArray(answer)) return [];
    return (answer as mysql.RowDataPacket[]).map((row) => rowOf(row, fields));
  }

  #send(statement: Statement): Promise<Answer> {
    return this.#watchdog.guard(() => send(this.#client, statement));
  }

  lossBy(failure: unknown): string | null {
    if (this.#watchdog.bitten !== null) return this.#watchdog.bitten;
    const lost = this.#socket.destroyed || (failure as { fatal?: boolean }).fatal === true;
    return lost ? ENDED_BY_SERVER : null;
  }

  refusal(failure: unknown): unknown {
    return codeAsNumber(failure);
  }

  async end(underWay: boolean): Promise<void> {
    if (underWay || this.#socket.destroyed) return await destroySocket(this.#socket);
    this.#client.end();
    await untilClosed(this.#socket);
  }
}

/** Sends a statement: prepared if it has values, else as text, since servers cannot prepare everything. */
function send(client: mysql.Connection, statement: Statement): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const answered = (
    error: mysql.QueryError | null,
    answer: mysql.QueryResult,
    fields: mysql.FieldPacket[],
  ) => error === null ? resolve([answer, fields]) : reject(error);
  const sql = withPlaceholders(statement, () => "?");
  if (statement.values.length === 0) client.query({ sql }, answered);
  else client.execute({ sql, values: statement.values.map(bindable) }, answered);
  return promise;
}

/** A server's error with its number as the code, where the package has a name of its own. */
function codeAsNumber(error: unknown): unknown {
  const { errno, message } = error as { errno?: number; message?: string };
  return errno === undefined ? error : { message, code: String(errno) };
}
