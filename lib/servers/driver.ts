/**
 * What the program knows of a database before it opens a session there: one value a database, in its
 * own folder.
 *
 * @module
 */
import type { Database } from "./database.ts";
import type { Opening } from "./connecting/session.ts";
import type { Server } from "./server.ts";
import type { Endpoint, SessionSettings } from "./connecting/url/settings.ts";
import type { DatabaseUrl } from "./connecting/url/url.ts";

/** What a loaded package does. */
export interface SessionOpener<S extends SessionSettings> {
  /** Opens a session. */
  open(settings: S, opening: Opening): Promise<Database>;
}

/** A database, as far as URLs and sessions go. */
export interface Driver<S extends SessionSettings = SessionSettings> {
  /** What people call the servers that it opens sessions on. */
  readonly title: string;
  /** Whether the database is a file, so that a URL names a path. */
  readonly isFile: boolean;
  /** The words before the `+` of a URL. */
  readonly names: readonly string[];
  /** The Python drivers that may stand after the `+`; they say nothing to this program. */
  readonly pythonDrivers: readonly string[];
  /** What Alembic's log lines call its implementation, and whether it takes DDL for transactional. */
  readonly alembic: {
    readonly implementation: string;
    readonly ddl: "transactional" | "non-transactional";
  };
  /** Reads and checks a URL. */
  readSettings(url: DatabaseUrl): S;
  /** The settings as a URL for messages: the password is masked, and parameters are left out. */
  describe(settings: S): string;
  /** Where the server listens: one of several; none for a database that is a file. */
  endpoints(settings: S): readonly Endpoint[];
  /** The same database for a session that only reads, and creates nothing. */
  forReading<T extends S>(settings: T): T;
  /** Whether the database is missing and opening a session would create it empty. */
  isMissing(settings: S): Promise<boolean>;
  /** Whether the settings say which database is meant. */
  isNamed(settings: S): boolean;
  /** Whether the database ends with the session. */
  isTemporary(settings: S): boolean;
  /** Loads everything else that is known of the server. */
  load(): Promise<Server>;
  /** Loads the package that speaks to the database. */
  loadClient(): Promise<SessionOpener<S>>;
}
