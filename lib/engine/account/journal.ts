/**
 * Reading the account of runs.
 *
 * @module
 */
import { JOURNAL_TABLE } from "../../servers/reading/own_tables.ts";
import { tableNames } from "../../servers/reading/table_names.ts";
import type { Database } from "../../servers/database.ts";
import { selectJournal } from "../../plan/records/journal.ts";

/** A migration that somebody has run. */
export interface JournalEntry {
  /** Tells runs of the program apart. */
  readonly run: string;
  /** The revision, or the revisions, that it led to. */
  readonly revision: string;
  /** `upgrade`, `downgrade`, `stamp`, `adopt` or `populate`. */
  readonly action: string;
  /** The revisions before. */
  readonly from: string;
  /** When it began: ISO 8601, UTC. */
  readonly started: string;
  /** How long it took; null where it came to no end. */
  readonly seconds: number | null;
  /** As whom it spoke to the database; empty on SQLite. */
  readonly databaseUser: string;
  /** Who ran it, and on which machine. */
  readonly systemUser: string;
  /** With which version of which program. */
  readonly program: string;
}

/** What was applied to the database, oldest first; null where it keeps no account. Changes nothing. */
export async function readJournal(database: Database): Promise<readonly JournalEntry[] | null> {
  if (!(await tableNames(database)).includes(JOURNAL_TABLE)) return null;
  const rows = await database.query(selectJournal(database.server));
  return rows.map((row) => ({
    run: String(row.run),
    revision: String(row.revision),
    action: String(row.action),
    from: String(row.from_revision),
    started: `${String(row.started).slice(0, 19)}Z`,
    seconds: row.finished === null
      ? null
      : (Date.parse(String(row.finished)) - Date.parse(String(row.started))) / 1000,
    databaseUser: String(row.database_user),
    systemUser: String(row.system_user),
    program: String(row.program),
  }));
}
