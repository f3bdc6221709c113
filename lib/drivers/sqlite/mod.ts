/**
 * Sessions on SQLite, with the built-in module `node:sqlite`.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { ConnectionError } from "../../errors.ts";
import type { Row, Statement, Value } from "../../sql/statement.ts";
import type { Connection } from "../connection.ts";
import { driverError } from "../failures.ts";
import { withPlaceholders } from "../placeholders.ts";
import { type Client, Session } from "../session.ts";
import type { SqliteSettings } from "../settings.ts";
import { hasNoFile, IN_MEMORY } from "./settings.ts";

/** Python's default. */
const BUSY_TIMEOUT_SECONDS = 5;

/** The result code `SQLITE_CANTOPEN`. */
const CANNOT_OPEN = 14;

/** Messages for files that cannot be used, by result code. */
const PROBLEMS: Readonly<Record<number, { readonly text: string; readonly retryable: boolean }>> = {
  5: { text: "another program has locked it; try again when that is done", retryable: true },
  8: { text: "permission to write denied; run this as a user who may write it", retryable: false },
  11: { text: "the file is damaged; restore it from a backup", retryable: false },
  [CANNOT_OPEN]: {
    text: "the file cannot be opened; check that its directory exists and who may use it",
    retryable: false,
  },
  26: { text: "the file is not a SQLite database; check the connection URL", retryable: false },
};

/** Statements after which SQLite counts rows; after others it returns the previous count. */
const COUNTED = /^\s*(insert|update|delete|replace|with)\b/i;

/** Opens a session. Foreign keys are not enforced until a statement enables them, which is SQLite's default. */
export async function openSqlite(settings: SqliteSettings): Promise<Connection> {
  if ((settings.mustExist || settings.readOnly) && await hasNoFile(settings)) {
    throw cannotOpen(settings, "there is no such file; check the connection URL", false);
  }
  try {
    return new Session(new SqliteClient(openFile(settings), settings.path));
  } catch (error) {
    // Deno 2.9 reports no result code when opening fails.
    const problem = PROBLEMS[resultCode(error) & 0xff || CANNOT_OPEN];
    throw cannotOpen(settings, problem?.text ?? driverError(error).message, problem?.retryable);
  }
}

/** Opens a file and reads its header, which SQLite would postpone. */
function openFile(settings: SqliteSettings): DatabaseSync {
  const database = new DatabaseSync(settings.path, {
    readOnly: settings.readOnly,
    enableForeignKeyConstraints: false,
    timeout: 1000 * (settings.busyTimeout ?? BUSY_TIMEOUT_SECONDS),
  });
  try {
    database.prepare("PRAGMA schema_version").get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function cannotOpen(settings: SqliteSettings, why: string, retryable = false): ConnectionError {
  const what = settings.path === IN_MEMORY ? "a database in memory" : settings.path;
  return new ConnectionError(`Cannot open ${what}: ${why}`, { retryable });
}

/** SQLite's extended result code; the module's `code` is the same for all of them. */
function resultCode(error: unknown): number {
  return Number((error as { errcode?: unknown }).errcode ?? 0);
}

/** One session of the module, which is synchronous. */
class SqliteClient implements Client {
  readonly dialect = "sqlite";
  readonly target: string;
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.target = path;
  }

  // deno-lint-ignore require-await -- errors must become rejections
  async execute(statement: Statement): Promise<number> {
    const { changes } = this.#prepare(statement).run(...statement.values.map(bindable));
    return COUNTED.test(statement.parts[0]!) ? Number(changes) : 0;
  }

  // deno-lint-ignore require-await -- errors must become rejections
  async query(statement: Statement): Promise<readonly Row[]> {
    const prepared = this.#prepare(statement);
    prepared.setReadBigInts(true);
    return prepared.all(...statement.values.map(bindable)).map(rowOf);
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
