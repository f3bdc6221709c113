/**
 * What the program knows of a database: how changes are spelled, what names the server makes up,
 * how its schema is read and how a run is kept alone.
 *
 * @module
 */
import type { Database } from "./database.ts";
import type { ServerRules } from "../operations/server_rules.ts";
import type { AppliedChange } from "../schema/apply.ts";
import type { Change } from "../schema/change.ts";
import type { Default, SchemaState } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import { inWords } from "../schema/words.ts";
import type { Literal } from "../sql/literals.ts";
import { raw, type Statement } from "../sql/statement.ts";
import type { Effect, Facts, ServerVersion } from "./effect.ts";
import type { JournalSpelling } from "./journal.ts";
import type { LockWaits } from "./lock_waits.ts";
import type { Observation } from "./observation.ts";
import type { SessionRules } from "./session_rules.ts";

/**
 * Changes that are made together, and the statements that make them. A server without
 * transactional DDL can stop between two steps, and with one statement a step it never stops
 * inside of one.
 */
export interface Step {
  /** What is made, each with the schema before and after it. */
  readonly changes: readonly AppliedChange[];
  /** What makes it. */
  readonly statements: readonly Statement[];
  /** What it does, for people: `workbooks_v2: add column namespace`. */
  readonly words: string;
  /** How its only statement can be made for some rows at a time; null where it cannot, or need not. */
  readonly batches: Batches | null;
}

/** What a statement needs to be made for some rows at a time, in the order of a key. */
export interface Batches {
  /** The table. */
  readonly name: string;
  /** The table, as SQL spells it. */
  readonly table: string;
  /** The column of its primary key, as SQL spells it. */
  readonly key: string;
  /** What comes between the statement and one more condition. */
  readonly conjunction: "WHERE" | "AND";
}

/** Puts changes and the statements that make them into a step. */
export function stepOf(
  changes: readonly AppliedChange[],
  statements: readonly Statement[],
  batches: Batches | null = null,
): Step {
  const words = inWords(changes.filter(({ change }) => !isImplied(change)));
  return Object.freeze({ changes, statements, words, batches });
}

/** Whether the server does it by itself, along with another change. */
const isImplied = (change: Change): boolean =>
  change.kind === "add" && change.part === "indexes" && change.item.implicit;

/** The statements around others that take effect together; empty where the server cannot do that. */
export interface Transaction {
  /** What comes before. */
  readonly begin: readonly Statement[];
  /** What comes after and makes all of it last. */
  readonly commit: readonly Statement[];
  /** What undoes all of it. */
  readonly rollback: readonly Statement[];
}

/** The three uses of transactions, and how the server begins and ends each. */
export interface Transactions {
  /** Around steps that change the schema; empty where the server commits each of them at once. */
  schema(steps: readonly Step[]): Transaction;
  /** Around statements that change rows alone, and may be rolled back everywhere. */
  readonly rows: Transaction;
  /** Around questions: the server refuses to change anything meanwhile. */
  readonly readOnly: Transaction;
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
  /** Opens another session on the same database, to say again and again that this run is alive. */
  readonly openAnother?: () => Promise<Database>;
}

/** The right to work on a database alone; disposing gives it back. */
export interface Lock extends AsyncDisposable {
  /**
   * Makes sure that it is still ours.
   *
   * @throws {OperatorError} When another run has taken it over.
   */
  confirm(): Promise<void>;
}

/** What a script relies on when it starts. */
export interface ScriptStart {
  /** The rows of the version table, in order of id; none for a database without revisions. */
  readonly versions: readonly string[];
  /** Tables that must not be there yet. */
  readonly absentTables: readonly string[];
  /** Existing tables that new tables refer to. */
  readonly referredTables: readonly string[];
  /** Tables that are changed or referred to. */
  readonly touchedTables: readonly string[];
}

/** What a server takes in a CREATE TABLE; the rest is added when all tables are there. */
export interface NewTableRules {
  /** Whether a foreign key may refer to a table that comes later. */
  readonly takesLaterForeignKeys: boolean;
  /** Whether unique constraints on the same columns stay apart. */
  readonly keepsEqualUniques: boolean;
}

/** The names of Mistral's tables. */
export interface KnownTables {
  /** Those of all revisions, and those of the program itself. */
  readonly all: readonly string[];
  /** Those with which the history begins. */
  readonly first: readonly string[];
}

/** One database, as a value. */
export interface Server extends ServerRules {
  /** Whether DDL can be rolled back, so that a migration is one transaction. */
  readonly transactionalDdl: boolean;
  /** How transactions begin and end. */
  readonly transactions: Transactions;
  /** What a CREATE TABLE can have. */
  readonly newTable: NewTableRules;
  /** Spells changes that follow one another. */
  compile(changes: readonly AppliedChange[]): readonly Step[];
  /** What each statement of a step does to tables that are there, for whoever uses them meanwhile. */
  effects(step: Step, facts: Facts): readonly (readonly Effect[])[];
  /** A query for the names of all tables that statements find unqualified, as `table_name`, in order. */
  readonly tables: string;
  /** Asks which server it is. */
  readVersion(database: Database): Promise<ServerVersion>;
  /** Asks for a text that is another one where the data are another server's. */
  readPlace(database: Database): Promise<string>;
  /** Reads what {@linkcode Server.effects} must know. Changes nothing. */
  readFacts(database: Database): Promise<Facts>;
  /** Asks why nothing can be changed through this session, as `reason`; NULL where it can. */
  readonly whyReadOnly: Statement;
  /** What a session that changes something must be. */
  readonly session: SessionRules;
  /** How waits for the locks of tables are limited. */
  readonly lockWaits: LockWaits;
  /** How a second session sees what a session is doing; null where it cannot. */
  readonly observation: Observation | null;
  /** How the account of runs is written. */
  readonly journal: JournalSpelling;
  /** What server is assumed where none can be asked. */
  readonly assumedVersion: ServerVersion;
  /** Spells a value as a literal. */
  readonly literal: Literal;
  /** What stands before a script's statements for the sake of the native client, and how to run it. */
  readonly client: {
    readonly title: string;
    readonly directives: readonly string[];
    /** What makes the client read the script as UTF-8, if it has more than ASCII; null where it always does. */
    readonly readAsUtf8: string | null;
    readonly usage: string;
  };
  /** A statement with which a script makes the native client show a text. */
  announce(text: string): Statement;
  /** Statements that make the native client stop where the database is not at a script's start. */
  guard(start: ScriptStart): readonly Statement[];
  /** Whether the guard reads the version table without asking whether it exists. */
  readonly guardNeedsVersionTable: boolean;
  /** A query whose one row says, in `same`, whether two defaults give a column the same value. */
  sameDefault(left: Default, right: Default, type: ColumnType): Statement;
  /** Whether the server takes two texts for the same where it compares them unasked. */
  sameText(left: string, right: string): boolean;
  /** How many bytes a text without a declared length can have; null where there is no limit to tell. */
  textBytes(type: ColumnType): number | null;
  /** What others have in the place of Mistral's tables, in words; nothing where that does no harm. */
  strangers(database: Database, known: KnownTables): Promise<readonly string[]>;
  /** Reads the schema of the database that the connection is in, without `alembic_version`. */
  introspect(database: Database): Promise<SchemaState>;
  /**
   * Keeps other runs on the same database waiting until the lock is disposed.
   *
   * @throws {OperatorError} When the lock was not had in time; names the holder.
   */
  lock(database: Database, options: LockOptions): Promise<Lock>;
}

/** The statements of finished SQL texts. */
export const statements = (...texts: readonly string[]): readonly Statement[] => texts.map(raw);
