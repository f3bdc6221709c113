/**
 * Sessions on PostgreSQL, with the npm package `postgres`.
 *
 * @module
 */
import type { Socket } from "node:net";
import postgres from "postgres";
import { ConnectionError } from "../../errors.ts";
import { ofCatalog, type Row, type Statement } from "../../sql/statement.ts";
import type { Database } from "../database.ts";
import { type Attempt, cannotConnect, connectFailure, passing } from "../connecting/failures.ts";
import { withPlaceholders } from "../connecting/placeholders.ts";
import { Gate } from "./wire/gate.ts";
import { logIn } from "./wire/log_in.ts";
import { notPostgresql, ProtocolViolation } from "./wire/messages.ts";
import {
  choose,
  isInTransactionAfter,
  looksUp,
  type Path,
  pathFor,
  PLACE_OF_TABLE,
  prepare,
  qualified,
  SCHEMAS,
  schemasIn,
  tableOf,
} from "./wire/search_path.ts";
import { negotiate } from "./wire/tls.ts";
import { POSTGRESQL_PROBLEMS } from "./wire/problems.ts";
import { bindable, TYPES } from "./wire/values.ts";
import { type Client, ENDED_BY_SERVER, type Opening, Session } from "../connecting/session.ts";
import type { Endpoint, PostgresqlSettings } from "../connecting/url/settings.ts";
import {
  connectionReset,
  destroySocket,
  openSocket,
  untilClosed,
  whileOpen,
} from "../connecting/socket.ts";
import { targetName } from "../connecting/target.ts";
import { withTimeLimit } from "../connecting/time_limit.ts";
import { type Encryption, encryptions, openInSomeWay } from "../connecting/tls.ts";
import { operatingSystemUser } from "../connecting/user.ts";

/** The package's default; libpq would wait for ever. */
const CONNECT_TIMEOUT_SECONDS = 30;

/** Commands whose count in the server's answer says how many rows were changed. */
const COUNTED = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

type Reply = postgres.RowList<postgres.Row[]>;

/** Opens a session on the first suitable server. */
export async function openPostgresql(
  settings: PostgresqlSettings,
  opening: Opening,
): Promise<Database> {
  const { signal } = opening;
  const failures: ConnectionError[] = [];
  for (const endpoint of settings.endpoints) {
    const user = settings.user ?? operatingSystemUser();
    const database = settings.database ?? user;
    const attempt = { user, database, target: targetName(user, endpoint, database) };
    try {
      return new Session(await openEndpoint(settings, endpoint, attempt, signal), opening);
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

/** One error for several servers, none of which was suitable. */
function combined(failures: readonly ConnectionError[]): ConnectionError {
  if (failures.length === 1) return failures[0]!;
  const last = failures.at(-1)!;
  const lines = [...failures.slice(0, -1).map(({ message }) => message), last.failed];
  return new ConnectionError({ ...last, failed: lines.join("\n"), cause: last.cause });
}

/** No rule in pg_hba.conf matches this session; one may match with or without encryption. */
const NO_SUCH_RULE = ["28000"];

/** Opens a session on one server, with the first kind of encryption that it accepts. */
async function openEndpoint(
  settings: PostgresqlSettings,
  endpoint: Endpoint,
  attempt: Attempt,
  signal: AbortSignal | undefined,
): Promise<Client> {
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

/** Every name has its schema: the session's own path may lead to somebody else's functions first. */
const FIRST_QUESTION = `SELECT pg_catalog.pg_backend_pid() AS pid,
  pg_catalog.current_setting('transaction_read_only') AS read_only, ${SCHEMAS} AS schemas`;

/** Opens a session and asks the server the first question. */
async function openSession(
  settings: PostgresqlSettings,
  endpoint: Endpoint,
  encryption: Encryption,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Client> {
  const wire = await openSocket(endpoint, signal);
  try {
    const host = endpoint.kind === "tcp" ? endpoint.host : "localhost";
    const socket = encryption === "none"
      ? wire
      : await negotiate(wire, encryption, settings.tls, host, attempt);
    const rest = await logIn(socket, { settings, attempt, endpoint });
    const client = createClient(attempt, new Gate(socket, rest));
    const answer = await client.unsafe(FIRST_QUESTION);
    if (answer[0] === undefined) throw notPostgresql();
    const { pid, read_only: readOnly } = answer[0];
    if (settings.targetSession === "read-write" && readOnly === "on") {
      throw cannotConnect(attempt, passing("the server is a standby and takes no changes"));
    }
    // A pooler cannot know which of the server's sessions it will lend out.
    const isPooled = Number(pid) !== answer.state.pid;
    const schemas = schemasIn(answer[0].schemas);
    if (!isPooled) await client.unsafe(prepare(schemas).join("; "));
    return new PostgresqlClient(client, socket, { target: attempt.target, isPooled, schemas });
  } catch (error) {
    await destroySocket(wire);
    throw isUnreadable(error) ? notPostgresql() : error;
  }
}

/** Whether the package could not read what the server sent. */
const isUnreadable = (failure: unknown): boolean =>
  failure instanceof RangeError || failure instanceof TypeError || failure instanceof SyntaxError;

/** A client of the package that has one session, which is logged in, and no way to open another. */
function createClient(attempt: Attempt, gate: Gate): postgres.Sql {
  const gates = [gate];
  const nextSocket = () => {
    const next = gates.pop();
    // The package waits for ever for a socket that is closed before it gets it.
    if (next === undefined || next.destroyed) throw connectionReset();
    return next;
  };
  // The package's type declarations lack the option `socket`.
  const options: postgres.Options<Record<string, postgres.PostgresType>> & { socket: unknown } = {
    socket: nextSocket,
    ...{ host: "localhost", port: 0, user: attempt.user, database: attempt.database! },
    // The package never needs it; an empty text would make it read PGPASSWORD.
    pass: () => "",
    ...{ max: 1, prepare: false, fetch_types: false, ssl: false, debug: false },
    // The package would end a session after about an hour. The caller limits the time to connect.
    ...{ idle_timeout: 0, max_lifetime: null, connect_timeout: 0 },
    onnotice: () => {},
    types: TYPES as Record<string, postgres.PostgresType>,
  };
  return postgres(options) as postgres.Sql;
}

/** One session of the package. */
class PostgresqlClient implements Client {
  readonly target: string;
  readonly isPooled: boolean;
  readonly #client: postgres.Sql;
  readonly #socket: Socket;
  readonly #schemas: readonly string[];
  /** Where the server looks names up now; null if that is not certain. */
  #path: Path | null = null;
  /** Whether the caller has begun a transaction. */
  #isInTransaction = false;
  /** The end of what is sent through a pooler. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    client: postgres.Sql,
    socket: Socket,
    { target, isPooled, schemas }: {
      readonly target: string;
      readonly isPooled: boolean;
      readonly schemas: readonly string[];
    },
  ) {
    this.#client = client;
    this.#socket = socket;
    this.target = target;
    this.isPooled = isPooled;
    this.#schemas = schemas;
  }

  async execute(statement: Statement): Promise<number> {
    const { command, count } = await this.#send(statement);
    return COUNTED.has(command) ? count : 0;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    return Array.from(await this.#send(statement), (row) => row as Row);
  }

  /** Sends a statement, with its table's schema where it is about one table. */
  async #send(statement: Statement): Promise<Reply> {
    const table = tableOf(statement);
    const [first, ...more] = this.#schemas;
    if (table === null || first === undefined) return await this.#sendInOrder(statement);
    const schema = more.length === 0 ? first : await this.#schemaOf(table) ?? first;
    return await this.#sendInOrder(qualified(statement, schema));
  }

  /** The schema in which statements find a table. */
  async #schemaOf(table: string): Promise<string | null> {
    const statement = { parts: PLACE_OF_TABLE.split("$1"), values: [table] };
    const [row] = await this.#sendInOrder(ofCatalog(statement));
    return row === undefined ? null : String(row.schema);
  }

  #sendInOrder(statement: Statement): Promise<Reply> {
    if (!this.isPooled) return this.#sendWithPath(statement);
    const sending = this.#queue.then(() => this.#sendThroughPooler(statement));
    this.#queue = sending.catch(() => {});
    return sending;
  }

  /** Chooses the path for the session first, unless the last statement had the same. */
  #sendWithPath(statement: Statement): Promise<Reply> {
    const path = pathFor(statement.scope);
    if (!looksUp(statement.parts[0]!)) this.#path = null;
    else if (this.#path !== path) {
      // It fails only where the statement itself fails too: the session is lost, or its transaction.
      this.#sendNow({ parts: [choose(path, this.#schemas)], values: [] }).catch(() => {});
      this.#path = path;
    }
    return this.#sendNow(statement);
  }

  /** A pooler lends the server's session to others between transactions: no setting may outlive one. */
  async #sendThroughPooler(statement: Statement): Promise<Reply> {
    const [text] = statement.parts;
    if (!looksUp(text!)) {
      const answer = await this.#sendNow(statement);
      this.#isInTransaction = isInTransactionAfter(text!) ?? this.#isInTransaction;
      return answer;
    }
    const settings = [
      ...prepare(this.#schemas, "LOCAL"),
      choose(pathFor(statement.scope), this.#schemas, "LOCAL"),
    ].join("; ");
    if (this.#isInTransaction) {
      await this.#sendNow({ parts: [settings], values: [] });
      return await this.#sendNow(statement);
    }
    await this.#sendNow({ parts: [`BEGIN; ${settings}`], values: [] });
    try {
      const answer = await this.#sendNow(statement);
      await this.#sendNow({ parts: ["COMMIT"], values: [] });
      return answer;
    } catch (error) {
      await this.#sendNow({ parts: ["ROLLBACK"], values: [] }).catch(() => {});
      throw error;
    }
  }

  /** The package forgets its queued statements when the session is lost. */
  async #sendNow(statement: Statement): Promise<Reply> {
    const text = withPlaceholders(statement, (position) => `$${position}`);
    try {
      return await whileOpen<Reply>(this.#socket, (resolve, reject) => {
        this.#client.unsafe(text, statement.values.map(bindable)).then(resolve, reject);
      });
    } catch (error) {
      this.#path = null;
      throw error;
    }
  }

  /** Any error that is not the server's answer means that the session is lost. */
  lossBy(failure: unknown): string | null {
    if (failure instanceof ProtocolViolation) return failure.message;
    if (isUnreadable(failure)) return notPostgresql().message;
    const lost = this.#socket.destroyed || !(failure instanceof postgres.PostgresError);
    return lost ? ENDED_BY_SERVER : null;
  }

  refusal(failure: unknown): unknown {
    return failure;
  }

  async end(underWay: boolean): Promise<void> {
    if (underWay) await destroySocket(this.#socket);
    await this.#client.end({ timeout: 0 });
    await untilClosed(this.#socket);
  }
}
