/**
 * Sessions on PostgreSQL, with the npm package `postgres`.
 *
 * @module
 */
import type { Socket } from "node:net";
import postgres from "postgres";
import { ConnectionError } from "../../errors.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import type { Connection } from "../connection.ts";
import {
  type Attempt,
  cannotConnect,
  connectFailure,
  lostConnection,
  passing,
  statementFailure,
} from "../failures.ts";
import { withPlaceholders } from "../placeholders.ts";
import { negotiate } from "./tls.ts";
import { POSTGRESQL_PROBLEMS } from "./problems.ts";
import { bindable, TYPES } from "./types.ts";
import type { Endpoint, PostgresqlSettings } from "../settings.ts";
import { connectionReset, destroySocket, openSocket, untilClosed, whileOpen } from "../socket.ts";
import { targetName } from "../target.ts";
import { withTimeLimit } from "../time_limit.ts";
import { type Encryption, encryptions, openInSomeWay } from "../tls.ts";
import { operatingSystemUser } from "../user.ts";

/** As long as the package itself would wait; libpq would wait for ever. */
const CONNECT_TIMEOUT_SECONDS = 30;

/** Commands whose count in the server's answer says how many rows were changed. */
const COUNTED = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

type Client = postgres.Sql;
type Answer = postgres.RowList<postgres.Row[]>;

/** Opens a session on the first server that will do. */
export async function openPostgresql(
  settings: PostgresqlSettings,
  signal?: AbortSignal,
): Promise<Connection> {
  const failures: ConnectionError[] = [];
  for (const endpoint of settings.endpoints) {
    const user = settings.user ?? operatingSystemUser();
    const database = settings.database ?? user;
    const attempt = { user, database, target: targetName(user, endpoint, database) };
    try {
      return await openEndpoint(settings, endpoint, attempt, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const failure = connectFailure(attempt, error, POSTGRESQL_PROBLEMS);
      // As with libpq, a server that answers and refuses is not passed over in silence.
      if (!failure.retryable) throw failure;
      failures.push(failure);
    }
  }
  throw combined(failures);
}

/** One error for several servers, none of which would do. */
function combined(failures: readonly ConnectionError[]): ConnectionError {
  if (failures.length === 1) return failures[0]!;
  const message = failures.map((failure) => failure.message).join("\n");
  return new ConnectionError(message, { retryable: true, cause: failures.at(-1)!.cause });
}

/** No rule in pg_hba.conf lets this session in; there may be one for the other way. */
const NO_SUCH_RULE = ["28000"];

/** Opens a session on one server, in the first way of encryption that it accepts. */
async function openEndpoint(
  settings: PostgresqlSettings,
  endpoint: Endpoint,
  attempt: Attempt,
  signal: AbortSignal | undefined,
): Promise<Connection> {
  const seconds = settings.connectTimeout ?? CONNECT_TIMEOUT_SECONDS;
  return await openInSomeWay(
    encryptions(settings.tls, endpoint),
    NO_SUCH_RULE,
    (way) =>
      withTimeLimit(
        seconds,
        signal,
        (limit) => openSession(settings, endpoint, way, attempt, limit),
      ),
  );
}

/** Opens a session and asks the server the first question. */
async function openSession(
  settings: PostgresqlSettings,
  endpoint: Endpoint,
  encryption: Encryption,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Connection> {
  const wire = await openSocket(endpoint, signal);
  try {
    const host = endpoint.kind === "tcp" ? endpoint.host : "localhost";
    const socket = encryption === "none"
      ? wire
      : await negotiate(wire, encryption, settings.tls, host, attempt);
    const client = createClient(settings, attempt, socket);
    const [answer] = await client.unsafe("SHOW transaction_read_only");
    if (settings.targetSession === "read-write" && answer!["transaction_read_only"] === "on") {
      throw cannotConnect(attempt, passing("the server is a standby and takes no changes"));
    }
    return new PostgresqlConnection(client, socket, attempt.target);
  } catch (error) {
    await destroySocket(wire);
    throw error;
  }
}

/** A client of the package that has one socket and no way to open another. */
function createClient(settings: PostgresqlSettings, attempt: Attempt, socket: Socket): Client {
  const sockets = [socket];
  const nextSocket = () => {
    const next = sockets.pop();
    // The package waits for ever for a socket that is closed before it gets it.
    if (next === undefined || next.destroyed) throw connectionReset();
    return next;
  };
  // The package's type declarations lack the option `socket`.
  const options: postgres.Options<Record<string, postgres.PostgresType>> & { socket: unknown } = {
    socket: nextSocket,
    ...{ host: "localhost", port: 0, user: attempt.user, database: attempt.database! },
    // A function, because an empty text would make the package look into PGPASSWORD.
    pass: () => settings.password?.reveal() ?? "",
    ...{ max: 1, prepare: false, fetch_types: false, ssl: false, debug: false },
    // The package would end a session after about an hour. A limit on connecting is set here.
    ...{ idle_timeout: 0, max_lifetime: null, connect_timeout: 0 },
    onnotice: () => {},
    types: TYPES as Record<string, postgres.PostgresType>,
    connection: {
      application_name: settings.applicationName ?? "mistral-db-manage",
      DateStyle: "ISO",
      ...(settings.options === null ? {} : { options: settings.options }),
    },
  };
  return postgres(options) as Client;
}

/** One session. */
class PostgresqlConnection implements Connection {
  readonly dialect = "postgresql";
  readonly #client: Client;
  readonly #socket: Socket;
  readonly #target: string;
  #running = 0;
  #disposal: Promise<void> | undefined;

  constructor(client: Client, socket: Socket, target: string) {
    this.#client = client;
    this.#socket = socket;
    this.#target = target;
  }

  async execute(statement: Statement): Promise<number> {
    const { command, count } = await this.#run(statement);
    return COUNTED.has(command) ? count : 0;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    return Array.from(await this.#run(statement), (row) => row as Row);
  }

  async #run(statement: Statement): Promise<Answer> {
    const text = withPlaceholders(statement, (position) => `$${position}`);
    this.#running++;
    try {
      return await this.#send(text, statement.values.map(bindable));
    } catch (error) {
      if (this.#disposal !== undefined) throw lostConnection(this.#target, "it was ended here");
      if (this.#isLost(error)) {
        throw lostConnection(this.#target, "the server ended the session, see the server's log");
      }
      throw statementFailure(error, statement.values);
    } finally {
      this.#running--;
    }
  }

  /** Statements that wait for their turn are forgotten by the package when the session is lost. */
  #send(text: string, values: (string | null)[]): Promise<Answer> {
    return whileOpen(this.#socket, (resolve, reject) => {
      this.#client.unsafe(text, values).then(resolve, reject);
    });
  }

  /** Everything but an answer of the server means that the session is gone. */
  #isLost(error: unknown): boolean {
    return this.#socket.destroyed || !(error instanceof postgres.PostgresError);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#disposal ??= this.#end();
  }

  async #end(): Promise<void> {
    if (this.#running > 0) await destroySocket(this.#socket);
    await this.#client.end({ timeout: 0 });
    await untilClosed(this.#socket);
  }
}
