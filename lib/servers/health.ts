/**
 * What `doctor` asks of a server: where it keeps its files, what its user may do, and whatever can be
 * wrong with servers of its kind alone.
 *
 * @module
 */
import type { SchemaState } from "../schema/schema.ts";
import type { Statement } from "../sql/statement.ts";
import type { KnownTables } from "./catalog.ts";
import type { ConnectionSettings } from "./connecting/url/settings.ts";
import type { Database } from "./database.ts";
import type { Facts } from "./effect.ts";
import type { Finding } from "./finding.ts";
import type { Obstacle } from "./session_rules.ts";

/** The database that is examined. */
export interface Subject {
  /** A session in it, in a transaction that only reads. */
  readonly database: Database;
  /** How the session was opened. */
  readonly settings: ConnectionSettings;
  /** Its schema. */
  readonly schema: SchemaState;
  /** Its server and the size of its tables. */
  readonly facts: Facts;
  /** The names of Mistral's tables. */
  readonly known: KnownTables;
}

/** A check: one question about a database. It only reads. */
export interface Check<S extends Subject = Subject> {
  /** What programs call it. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Why it is checked, in one sentence. */
  readonly reason: string;
  /** Answers it; null where the question has no meaning for this database. */
  examine(subject: S): Finding | null | Promise<Finding | null>;
}

/** Whether a session is encrypted, on servers that are reached over a network. */
export interface Encryption {
  /** The version of TLS that the session has; an empty text without TLS. */
  protocol(database: Database): Promise<string>;
  /** What to add to a URL for a session that is encrypted. */
  readonly parameters: string;
}

/** The isolation with which a session of Mistral's user begins. */
export interface Isolation {
  /** The level in SQL's words. */
  readonly level: string;
  /** Whether it works as READ COMMITTED does. */
  readonly isReadCommitted: boolean;
  /** How to make it READ COMMITTED. */
  readonly remedy: string;
  /** Why the server refuses all that Mistral writes on that level; null where it does not. */
  readonly obstacle: Obstacle | null;
}

/** The questions to a server. */
export interface Health {
  /** Whether a session is encrypted; null where nothing goes over a network. */
  readonly encryption: Encryption | null;
  /** The directory in which the server keeps its files, on its own machine; null if it does not say. */
  dataDirectory(subject: Subject): Promise<string | null>;
  /**
   * Asks for the isolation of sessions, in one of which nothing has been set; null where there is
   * nothing to set.
   */
  isolation(database: Database): Promise<Isolation | null>;
  /**
   * Counts, as `count`, the other sessions on this database, of any program but this one; null where
   * there is no list of sessions.
   */
  readonly sessions: Statement | null;
  /** The time some seconds ago, in UTC as Mistral writes it. */
  ago(seconds: number): string;
  /** A command that makes a backup. */
  readonly backup: string;
  /** Whether the user may do what migrations do; null where that means nothing. */
  privileges(subject: Subject): Promise<Finding | null>;
  /** What can be wrong with servers of this kind alone, in the order in which it is shown. */
  readonly checks: readonly Check[];
}
