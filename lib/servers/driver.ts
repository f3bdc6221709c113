/**
 * What the program knows of a database before it opens a session there: one value a database, in its
 * own folder.
 *
 * @module
 */
import type { Database } from "./database.ts";
import type { Opening } from "./connecting/session.ts";
import type { Server } from "./server.ts";
import type { ConnectionSettings, Endpoint } from "./connecting/url/settings.ts";
import type { DatabaseUrl } from "./connecting/url/url.ts";

/** A database, as far as URLs and sessions go. */
export interface Driver<S extends ConnectionSettings> {
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
  forReading(settings: S): S;
  /** Whether the database is missing and opening a session would create it empty. */
  isMissing(settings: S): Promise<boolean>;
  /** Loads everything else that is known of the server. */
  load(): Promise<Server>;
  /** Opens a session; loads the package that speaks to the database. */
  open(settings: S, opening: Opening): Promise<Database>;
}
