/**
 * Sessions on SQLite, with the built-in module `node:sqlite`.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { delay } from "../../timing/delay.ts";
import { ConnectionError } from "../../errors.ts";
import { ownWay } from "../../files/trust.ts";
import type { Row, Statement, Value } from "../../sql/statement.ts";
import type { Database } from "../database.ts";
import { driverError, lasting, passing, type Problem } from "../connecting/failures.ts";
import { withPlaceholders } from "../connecting/placeholders.ts";
import { type Client, type Opening, Session } from "../connecting/session.ts";
import type { SqliteSettings } from "../connecting/url/settings.ts";
import { hasNoFile, IN_MEMORY } from "./url.ts";

/** Python's default. */
const BUSY_TIMEOUT_SECONDS = 5;

/** The result code `SQLITE_CANTOPEN`. */
const CANNOT_OPEN = 14;

/** Messages for files that cannot be used, by result code. */
const PROBLEMS: Readonly<Record<number, Problem>> = {
  5: passing("another program has locked it", "try again when that is done"),
  8: lasting("permission to write denied", "run this as a user who may write it"),
  11: lasting("the file is damaged", "restore it from a backup"),
  [CANNOT_OPEN]: lasting(
    "the file cannot be opened",
    "check that its directory exists and who may use it",
  ),
  26: lasting("the file is not a SQLite database", "check the connection URL"),
};

/** Statements after which SQLite counts rows; after others it returns the previous count. */
const COUNTED = /^\s*(insert|update|delete|replace|with)\b/i;

/** Result codes of a lock that another session holds. */
const BUSY = [5, 261];

/** Milliseconds between two tries for a lock. */
const BUSY_PAUSE_MS = 20;

/**
 * Does something again and again while another session holds a lock. SQLite would do so itself, but nothing
 * else could happen meanwhile, and no signal be heard.
 */
async function untilNotBusy<T>(
  { busyTimeout }: SqliteSettings,
  work: () => T,
  signal?: AbortSignal,
): Promise<T> {
  const deadline = performance.now() + 1000 * (busyTimeout ?? BUSY_TIMEOUT_SECONDS);
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!BUSY.includes(resultCode(error)) || performance.now() >= deadline) throw error;
    }
    await delay(BUSY_PAUSE_MS, signal);
  }
}

/** Opens a session. Foreign keys are not enforced until a statement enables them, which is SQLite's default. */
export async function openSqlite(
  settings: SqliteSettings,
  opening: Opening,
): Promise<Database> {
  const { signal } = opening;
  if ((settings.mustExist || settings.readOnly) && await hasNoFile(settings)) {
    throw cannotOpen(settings, lasting("there is no such file", "check the connection URL"));
  }
  refuseLinksOfOthers(settings);
  try {
    const database = await untilNotBusy(settings, () => openFile(settings), signal);
    return new Session(new SqliteClient(database, settings), opening);
  } catch (error) {
    signal?.throwIfAborted();
    // Deno 2.9 reports no result code when opening fails.
    const problem = PROBLEMS[resultCode(error) & 0xff || CANNOT_OPEN];
    throw cannotOpen(settings, problem ?? lasting(driverError(error).message));
  }
}

/**
 * Refuses to write where a link of another user leads.
 *
 * @throws {ConnectionError} When there is one on the way.
 */
function refuseLinksOfOthers(settings: SqliteSettings): void {
  if (settings.readOnly || settings.path === IN_MEMORY) return;
  try {
    ownWay(settings.path);
  } catch (error) {
    const remedy = "name the file to which it leads";
    throw cannotOpen(settings, lasting(driverError(error).message, remedy));
  }
}

/** Opens a file and reads its header, which SQLite would postpone. */
function openFile(settings: SqliteSettings): DatabaseSync {
  const database = new DatabaseSync(settings.path, {
    readOnly: settings.readOnly,
    enableForeignKeyConstraints: false,
  });
  try {
    // Deno 2.9 waits 5 seconds where a database is only read, whatever the option says.
    database.exec("PRAGMA busy_timeout = 0");
    database.prepare("PRAGMA schema_version").get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function cannotOpen(settings: SqliteSettings, problem: Problem): ConnectionError {
  const what = settings.path === IN_MEMORY ? "a database in memory" : settings.path;
  return new ConnectionError({ failed: `Cannot open ${what}`, ...problem });
}

/** SQLite's extended result code; the module's `code` is the same for all of them. */
function resultCode(error: unknown): number {
  return Number((error as { errcode?: unknown }).errcode ?? 0);
}

/** One session of the module, which is synchronous. */
class SqliteClient implements Client {
  readonly target: string;
  readonly #database: DatabaseSync;
  readonly #settings: SqliteSettings;
  /** The end of the statement before. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(database: DatabaseSync, settings: SqliteSettings) {
    this.#database = database;
    this.#settings = settings;
    this.target = settings.path;
  }

  execute(statement: Statement): Promise<number> {
    return this.#inTurn(() => {
      const { changes } = this.#prepare(statement).run(...statement.values.map(bindable));
      return COUNTED.test(statement.parts[0]!) ? Number(changes) : 0;
    });
  }

  query(statement: Statement): Promise<readonly Row[]> {
    return this.#inTurn(() => {
      const prepared = this.#prepare(statement);
      prepared.setReadBigInts(true);
      return prepared.all(...statement.values.map(bindable)).map(rowOf);
    });
  }

  /** One statement after another, also while one waits. */
  #inTurn<T>(work: () => T): Promise<T> {
    const done = this.#turn.then(() => untilNotBusy(this.#settings, work));
    this.#turn = done.catch(() => {});
    return done;
  }

  #prepare(statement: Statement) {
    return this.#database.prepare(withPlaceholders(statement, () => "?"));
  }

  lossBy(): null {
    return null;
  }

  refusal(failure: unknown): unknown {
    return { message: driverError(failure).message, code: String(resultCode(failure)) };
  }

  // deno-lint-ignore require-await -- the interface is that of sessions on servers
  async end(): Promise<void> {
    this.#database.close();
  }
}

type Bindable = string | number | bigint | Uint8Array | null;

/** A value as SQLite has it: no booleans, and integers that are not floats. */
function bindable(value: Value): Bindable {
  if (typeof value === "boolean") return value ? 1n : 0n;
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** A row of the module, whose integers are all bigints, as a plain row. */
function rowOf(row: Record<string, unknown>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, valueOf(value)]));
}

function valueOf(value: unknown): Value {
  if (typeof value !== "bigint") return value as Value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
