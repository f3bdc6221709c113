/**
 * Options that several commands have.
 *
 * @module
 */
import { DEFAULTS } from "../../engine/options.ts";
import type { OptionSpec } from "../../cli/command.ts";

/** The long form of a list. */
export const verbose = {
  flags: ["--verbose", "-v"],
  type: "flag",
  metavar: null,
  help: "show revisions in full, with the releases that use them",
} as const satisfies OptionSpec;

/** How long a command waits for another run on the same database. */
export const lockTimeout = {
  flags: ["--lock-timeout"],
  type: "seconds",
  metavar: "SECONDS",
  help: "how long to wait for another run on the same database; 0 does not wait " +
    `(default: ${DEFAULTS.lockTimeoutSeconds})`,
} as const satisfies OptionSpec;

/** One transaction for everything. */
export const singleTransaction = {
  flags: ["--single-transaction"],
  type: "flag",
  metavar: null,
  help: "make all changes in one transaction instead of one per revision; not on MySQL",
} as const satisfies OptionSpec;

/** How a run leaves room for others. */
export const runOptions = {
  ddlLockTimeout: {
    flags: ["--ddl-lock-timeout"],
    type: "seconds",
    metavar: "SECONDS",
    help: "how long a change waits for the lock of a table before it gives way to others and is " +
      `tried again, for --lock-timeout altogether; 0 waits on (default: ${DEFAULTS.ddlLockTimeoutSeconds})`,
  },
  batchRows: {
    flags: ["--batch-rows"],
    type: "count",
    metavar: "N",
    help: "on MySQL: how many rows of a table to look at before what was changed is committed " +
      `(default: ${DEFAULTS.batchRows})`,
  },
  batchPause: {
    flags: ["--batch-pause"],
    type: "seconds",
    metavar: "SECONDS",
    help: "on MySQL: how long to wait after each of these batches (default: 0); where flow " +
      "control stops a Galera cluster, the wait is longer by itself",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Options of a new revision, also of a merge. */
export const revisionOptions = {
  message: {
    flags: ["-m", "--message"],
    type: "string",
    metavar: "MESSAGE",
    help: "its description, in a few words",
  },
  revId: {
    flags: ["--rev-id"],
    type: "string",
    metavar: "REV_ID",
    help: "its id (default: the next free one, such as site001); a site's own is no number",
  },
  branchLabel: {
    flags: ["--branch-label"],
    type: "strings",
    metavar: "BRANCH_LABEL",
    help: "a name for the branch that begins with it; may be given several times",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Options of commands that can write a script. */
export const scriptOptions = {
  sql: {
    flags: ["--sql"],
    type: "flag",
    metavar: null,
    help: "write a script for the database's own client instead, without a connection",
  },
  output: {
    flags: ["--output"],
    type: "string",
    metavar: "FILE",
    values: "file",
    requires: "sql",
    help: "with --sql: the file to write, instead of standard output",
  },
  noGuard: {
    flags: ["--no-guard"],
    type: "flag",
    metavar: null,
    requires: "sql",
    help: "with --sql: omit the check that stops the script on a database at another revision",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** The same where the script depends on what the database has. */
export const liveScriptOptions = {
  ...scriptOptions,
  sql: {
    ...scriptOptions.sql,
    help:
      "write what would be changed as a script for the database's own client, and change nothing",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Shows what would change, without changing it. */
export const dryRun = {
  flags: ["--dry-run"],
  type: "flag",
  metavar: null,
  help: "show what would be changed, and change nothing",
} as const satisfies OptionSpec;

/** Whether a database that is ahead of this program will do. */
export const allowNewer = {
  flags: ["--allow-newer"],
  type: "flag",
  metavar: null,
  help:
    "succeed, and change nothing, where the database is at a revision that only a newer program " +
    "knows, as after a rollback of the software",
} as const satisfies OptionSpec;
