/**
 * Sessions on MySQL and MariaDB, with the npm package `mysql2`.
 *
 * @module
 */
import type { Socket } from "node:net";
import type mysql from "mysql2";
import { OperatorError } from "../../errors.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import type { Database } from "../database.ts";
import { type Attempt, connectFailure } from "../connecting/failures.ts";
import { AnswerGuard } from "./wire/answers.ts";
import { useUtf8mb4 } from "./wire/charset.ts";
import { createClient } from "./wire/client.ts";
import { joinCluster } from "./galera/node.ts";
import { logIn } from "./wire/login.ts";
import { MYSQL_PROBLEMS } from "./wire/problems.ts";
import { bindable, rowOf } from "./wire/values.ts";
import { withPlaceholders } from "../connecting/placeholders.ts";
import { type Client, ENDED_BY_SERVER, type Opening, Session } from "../connecting/session.ts";
import type { MysqlSettings } from "../connecting/url/settings.ts";
import { destroySocket, openSocket, untilClosed } from "../connecting/socket.ts";
import { targetName } from "../connecting/target.ts";
import { withTimeLimit } from "../connecting/time_limit.ts";
import { encryptions, tlsOptions } from "../connecting/tls.ts";
import { operatingSystemUser } from "../connecting/user.ts";
import { Watchdog } from "../connecting/watchdog.ts";

/** PyMySQL's default. */
const CONNECT_TIMEOUT_SECONDS = 10;

/** Codes of a wire that is cut: the package's own and the system's. */
const LOSS = /^(?:PROTOCOL_CONNECTION_LOST|E[A-Z]+)$/;

const UNREADABLE = "the server's answer does not follow MySQL's protocol";

type Reply = [mysql.QueryResult, mysql.FieldPacket[]];

/** Opens a session. */
export async function openMysql(
  settings: MysqlSettings,
  opening: Opening,
): Promise<Database> {
  const { signal } = opening;
  const { endpoint, database } = settings;
  const user = settings.user ?? operatingSystemUser();
  const attempt = { user, database, target: targetName(user, endpoint, database) };
  const seconds = settings.connectTimeout ?? CONNECT_TIMEOUT_SECONDS;
  try {
    return await withTimeLimit(
      seconds,
      signal,
      (limit) => openSession(settings, opening, attempt, limit),
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
  opening: Opening,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Database> {
  const { endpoint, tls } = settings;
  const host = endpoint.kind === "tcp" ? endpoint.host : "localhost";
  const [way] = encryptions(tls, endpoint);
  const options = way === "none" ? {} : await tlsOptions(tls, host, attempt);
  const socket = await openSocket(endpoint, signal);
  try {
    const session = await logIn(socket, settings, { way, options }, attempt);
    const client = createClient(session);
    const guard = new AnswerGuard(client, session.stream);
    const database = new Session(
      new MysqlClient(client, socket, guard, attempt.target, settings),
      opening,
    );
    await useUtf8mb4(database, attempt);
    // A server can be configured to begin sessions as if every statement began a transaction, and to
    // refuse an UPDATE of all rows.
    await database.execute({ parts: ["SET autocommit = 1, sql_safe_updates = 0"], values: [] });
    await joinCluster(database, attempt);
    return database;
  } catch (error) {
    await destroySocket(socket);
    throw error;
  }
}

/** One session of the package. */
class MysqlClient implements Client {
  readonly target: string;
  readonly #client: mysql.Connection;
  readonly #socket: Socket;
  readonly #guard: AnswerGuard;
  readonly #watchdog: Watchdog;

  constructor(
    client: mysql.Connection,
    socket: Socket,
    guard: AnswerGuard,
    target: string,
    settings: MysqlSettings,
  ) {
    this.#client = client;
    this.#socket = socket;
    this.#guard = guard;
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

  #send(statement: Statement): Promise<Reply> {
    this.#guard.expectAnswer();
    return this.#watchdog.guard(() => send(this.#client, statement));
  }

  lossBy(failure: unknown): string | null {
    const why = this.#guard.problem ?? this.#watchdog.bitten;
    if (why !== null) return why;
    const { fatal, errno, code = "" } = failure as Partial<mysql.QueryError>;
    if (fatal === true && errno === undefined && !LOSS.test(code)) return UNREADABLE;
    return fatal === true || this.#socket.destroyed ? ENDED_BY_SERVER : null;
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
function send(client: mysql.Connection, statement: Statement): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
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
  if (errno === undefined && /LOCAL INFILE/.test(message ?? "")) {
    return { message: "the server asked for a file of this machine, which it does not get" };
  }
  return errno === undefined ? error : { message, code: String(errno) };
}
