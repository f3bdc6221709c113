/**
 * What the program knows of a database: how changes are spelled, what names the server makes up,
 * how its schema is read and how a run is kept alone.
 *
 * @module
 */
import type { Connection } from "../drivers/connection.ts";
import type { ServerRules } from "../operations/server_rules.ts";
import type { Change, ChangeKind } from "../schema/change.ts";
import type { SchemaState } from "../schema/schema.ts";
import { raw, type Statement } from "../sql/statement.ts";

/**
 * Changes that are made together, and the statements that make them. A server without
 * transactional DDL can stop between two steps, and with one statement a step it never stops
 * inside of one.
 */
export interface Step {
  /** What is made. */
  readonly changes: readonly Change[];
  /** What makes it. */
  readonly statements: readonly Statement[];
}

/** The statements around others that take effect together; empty where the server cannot do that. */
export interface Transaction {
  /** What comes before. */
  readonly begin: readonly Statement[];
  /** What comes after and makes all of it last. */
  readonly commit: readonly Statement[];
  /** What undoes all of it. */
  readonly rollback: readonly Statement[];
}

/** Who holds the lock that a run waits for, as far as the server tells. */
export interface LockHolder {
  /** For the operator's eyes, such as `process 4711 (mistral-db-manage) from 10.0.0.5`. */
  readonly description: string;
}

/** How long to wait for another run, and whom to tell. */
export interface LockOptions {
  /** Seconds until the wait is given up; 0 does not wait at all. */
  readonly timeoutSeconds: number;
  /** Called once when the lock is found taken, and again when somebody else has taken it. */
  readonly onWaiting?: (holder: LockHolder) => void;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/** What a script relies on when it starts. */
export interface ScriptStart {
  /** The rows of the version table, in order of id; none for a database without revisions. */
  readonly versions: readonly string[];
  /** Tables that must not be there yet. */
  readonly absentTables: readonly string[];
}

/** One database, as a value. */
export interface Dialect extends ServerRules {
  /** Whether DDL can be rolled back, so that a migration is one transaction. */
  readonly transactionalDdl: boolean;
  /** What begins and ends a transaction that holds these steps. */
  transactionOf(steps: readonly Step[]): Transaction;
  /** Spells changes that follow one another, starting from the schema `before`. */
  compile(changes: readonly Change[], before: SchemaState): readonly Step[];
  /** What stands before a script's statements for the sake of the native client, and how to run it. */
  readonly client: {
    readonly title: string;
    readonly directives: readonly string[];
    readonly usage: string;
  };
  /**
   * Statements that make the native client stop where the database is not at a script's start. The
   * version table is there on SQLite, which cannot ask whether it is.
   */
  guard(start: ScriptStart): readonly Statement[];
  /** Reads the schema of the database that the connection is in, without `alembic_version`. */
  introspect(connection: Connection): Promise<SchemaState>;
  /**
   * Keeps other runs on the same database waiting until the lock is disposed.
   *
   * @throws {OperatorError} When the lock was not had in time; names the holder.
   */
  lock(connection: Connection, options: LockOptions): Promise<AsyncDisposable>;
}

/** The statements of finished SQL texts. */
export const statements = (...texts: readonly string[]): readonly Statement[] => texts.map(raw);

/** One function a kind of change, as a table. */
export type Compilers<T> = {
  readonly [K in ChangeKind]: (change: Change<K>, before: SchemaState) => T;
};

/** Spells one change with the function that the table has for its kind. */
export function spell<T, K extends ChangeKind>(
  compilers: Compilers<T>,
  change: Change<K>,
  before: SchemaState,
): T {
  return (compilers[change.kind as K] as Compilers<T>[K])(change, before);
}
