/**
 * Scripts for a server's own client.
 *
 * @module
 */
import type { Statement } from "../sql/statement.ts";

/** Preconditions of a script. */
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

/** How scripts are written. */
export interface ScriptRules {
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
}
