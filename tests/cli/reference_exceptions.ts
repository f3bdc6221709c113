/**
 * Where this program is meant to differ from the reference command line, and what it does instead.
 *
 * @module
 */
import { namesOf } from "../../lib/cli/command.ts";
import { head } from "../tools/migrations.ts";
import { COMMANDS } from "../../lib/commands/table.ts";

/** What is expected in place of what the reference has; the rest holds as it is there. */
export interface Exception {
  /** Why. */
  readonly why: string;
  readonly exit?: number;
  /** The whole text, or what it must match. */
  readonly stdout?: string | RegExp;
  /** The whole text, what it must match, or what becomes of the reference's text. */
  readonly stderr?: string | RegExp | ((reference: string) => string | RegExp);
  readonly versionAfter?: readonly string[] | "-";
  readonly schemaAfterEquals?: readonly string[];
  /** The database that it holds for; both unless given. */
  readonly only?: "postgresql" | "mysql";
  /** Lines that are added to the configuration. */
  readonly config?: string;
}

/** Words of command lines that write into the checkout: revision_test.ts runs them in a copy of it. */
export const ELSEWHERE: readonly string[] = ["revision"];

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The reference's text, and then one more line. */
const followedBy = (line: string) => (reference: string) =>
  new RegExp(`^${escaped(reference)}${line}\n$`);

/** One line on standard error, nothing on standard output. */
const sentence = (line: string) => ({
  exit: 1,
  stdout: "",
  stderr: new RegExp(`^${line}\n$`),
});

const CRASH = "upstream ends in a stack trace; a sentence takes its place";
const NO_TABLE = "a refused command changes nothing, on MySQL neither";
const UNKNOWN_ROW = "it is explained what such a revision means";
const BETTER_020 = "a spec that tells no type is an action, and is counted in a warning";

const unknownRow = {
  why: UNKNOWN_ROW,
  stderr: followedBy("The database is at 999, but this program only knows 001 to \\d+: .*"),
};

const nothingMade: Exception = {
  why: NO_TABLE,
  only: "mysql",
  versionAfter: "-",
  schemaAfterEquals: ["empty"],
};

const skippedSpec: Exception = {
  why: BETTER_020,
  exit: 0,
  stdout: "",
  stderr: /^INFO .*\nINFO .*\n(INFO .*\n){1,2}WARNING \[mistral-db-manage\] 020: 1 .*\n(.*\n)+$/,
  versionAfter: [head],
  schemaAfterEquals: [head],
};

const wholeUpgrade = /^INFO .*\nINFO .*\n(.*\n)+INFO .* Running upgrade \d+ -> \d+, .*\n$/;

const ownHelp: Exception = {
  why: "there are more options and commands; the specs have the texts",
  stdout: /^usage: mistral-db-manage .*\[options\].*\n(.*\n)+ {2}-h, --help +Show this help/,
};

const upstreamChoices =
  "'current', 'history', 'branches', 'upgrade', 'populate', 'populate_actions', 'stamp', 'revision'";

const ownChoices: Exception = {
  why: "the commands to choose from are others",
  stderr: (reference) =>
    reference.replace(upstreamChoices, namesOf(COMMANDS).map((name) => `'${name}'`).join(", ")),
};

const STAMP_USAGE = new RegExp(
  "^usage: mistral-db-manage stamp .*\n( .*\n)*" +
    "mistral-db-manage stamp: error: the following arguments are required: revision\n$",
);

const noArgumentStamp: Exception = {
  why: "upstream empties the version table; this is never what was meant",
  exit: 2,
  stderr: STAMP_USAGE,
};

/** Scripts are compared by what they do, in `tests/matrix/script_test.ts`. */
const writtenScript: Exception = {
  why: "a script is laid out to be read, and stops where it must not run",
  stdout: /^-- mistral-db-manage \d.*\n(.*\n)+$/,
};

const crashedScript: Exception = {
  ...writtenScript,
  why: "upstream asks the server that it does not have",
  exit: 0,
  stderr: new RegExp(
    "^INFO .* Context impl .*\nINFO .* Generating static SQL\nINFO .* Will assume .*\n" +
      "(INFO .* Running upgrade .*\n( {3}.*\n|\\w+\n)?)+$",
  ),
};

const scripts = (names: string, exception: Exception): Record<string, Exception> =>
  Object.fromEntries(names.split(" ").map((name) => [name, exception]));

const UP_TO_DATE = "1 action and 2 workflows are up to date\n";
const ADDED_ACTION = 'Added action "std.wait_ssh"\n';
const ADDED_WORKFLOWS = 'Added workflow "create_instance"\nAdded workflow "delete_instance"\n';

/** A populate that says what it has done, where upstream logs or fails. */
const populated = (stdout: string | RegExp): Exception => ({
  why: "what was done is said, a line a row",
  exit: 0,
  stdout,
  stderr: "",
});

/** The exceptions by the names of the cases. */
export const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  ...scripts("stamp-sql-005-010 stamp-sql-010 stamp-sql-head", writtenScript),
  ...scripts(
    "upgrade-sql-001-001 upgrade-sql-001-008 upgrade-sql-003 upgrade-sql-009-013 " +
      "upgrade-sql-014-018 upgrade-sql-022-023 upgrade-sql-022-027 upgrade-sql-029-033 " +
      "upgrade-sql-038-041 upgrade-sql-041-042 upgrade-sql-044-045 upgrade-sql-base-003 " +
      "upgrade-sql-base-008 upgrade-sql-delta upgrade-sql-no-server",
    writtenScript,
  ),
  ...scripts(
    "upgrade-sql-008-009 upgrade-sql-013-014 upgrade-sql-018-019 upgrade-sql-019-020 " +
      "upgrade-sql-020-022 upgrade-sql-022-030 upgrade-sql-027-028 upgrade-sql-028-029 " +
      "upgrade-sql-033-034 upgrade-sql-034-035 upgrade-sql-035-036 upgrade-sql-036-037 " +
      "upgrade-sql-037-038 upgrade-sql-042-043 upgrade-sql-043-044 upgrade-sql-base-head " +
      "upgrade-sql-head",
    crashedScript,
  ),
  "upgrade-sql-008-001": {
    why: "upstream writes a script that does nothing; this is never what was meant",
    exit: 255,
    stdout: /^FAILED: Cannot upgrade from 008 to 001: .*\n$/,
    stderr: /^(INFO .*\n)+ERROR \[alembic\.util\.messaging\] Cannot upgrade from .*\n$/,
  },
  "upgrade-sql-foo-bar": {
    why: "standard output has no beginning of a script",
    stdout: "FAILED: Can't locate revision identified by 'foo'\n",
  },
  "stamp-sql-noarg": { ...noArgumentStamp, stdout: "" },
  check_migration: { why: "documented upstream, and missing there", exit: 0, stderr: "" },
  "config-bad-url": {
    why: CRASH,
    ...sentence("Cannot use the database URL: .*mistral.test.conf:2.*"),
  },
  "config-broken": { why: CRASH, ...sentence("Cannot read .*mistral.test.conf:1: no section .*") },
  "config-interpolation": {
    why: CRASH,
    ...sentence("Cannot use .*mistral.test.conf:5: \\[database\\] connection refers to .*"),
  },
  "config-is-directory": {
    why: CRASH,
    ...sentence("Cannot read config file /tmp: it is a directory; .*"),
  },
  "config-without-connection": {
    why: "a warning says which database it is",
    stderr: (reference) =>
      new RegExp(
        `^WARNING \\[mistral-db-manage\\] No database is .*\n${escaped(reference)}WARNING .*\n$`,
      ),
  },
  "config-without-connection-upgrade-head": {
    why: "the whole chain runs on SQLite",
    exit: 0,
    stdout: "",
    stderr: /^WARNING .* No database is configured.*\nINFO .*\n(.*\n)+$/,
  },
  "current-unknown-revision": unknownRow,
  "debug-current": {
    why: "--debug says more",
    stderr: /^(DEBUG .*\n)+INFO .*\nINFO .*\n$/,
  },
  "debug-upgrade-003": {
    why: "--debug says more",
    stderr:
      /^(DEBUG .*\n)+INFO .*\nINFO .*\nINFO .*Creating the schema of 003 .*\nDEBUG .*\n(.*\n)+$/,
  },
  downgrade: {
    why: "there is a way back, for migrations that say how; Mistral's own do not",
    exit: 255,
    stdout:
      /^FAILED: Cannot revert revision "\d+": Mistral's own revisions have no way back; .*\n$/,
    stderr: /^INFO .*\nINFO .*\nERROR \[alembic\.util\.messaging\] Cannot revert revision .*\n$/,
  },
  "env-empty": { why: CRASH, ...sentence("Cannot use .*OS_DATABASE__CONNECTION.*") },
  help: ownHelp,
  "help-current": ownHelp,
  "help-history": ownHelp,
  "help-populate": ownHelp,
  "help-stamp": ownHelp,
  "help-upgrade": ownHelp,
  "history-range": {
    why: "history takes a range, as Alembic's does",
    exit: 0,
    stdout: "002 -> 003, cron_trigger_constraints\n001 -> 002, Kilo\n<base> -> 001, Kilo release\n",
    stderr: "",
  },
  "missing-config-file": {
    why: CRASH,
    ...sentence("Cannot read config file /nonexistent/mistral.conf: it does not exist"),
  },
  "no-such-database": { why: CRASH, ...sentence("Cannot connect to .*orc_nonexistent_cm160.*") },
  "plain-dialect": {
    why: "no driver has to be installed",
    only: "mysql",
    exit: 0,
    stdout: "",
    stderr: "INFO  [alembic.runtime.migration] Context impl MySQLImpl.\n" +
      "INFO  [alembic.runtime.migration] Will assume non-transactional DDL.\n",
  },
  "populate-action-other-project-private": populated(ADDED_ACTION + ADDED_WORKFLOWS + UP_TO_DATE),
  "populate-at-020": populated(
    /^(Added action "std\.\w+"\n){14}(Added workflow "std\.\w+"\n){2}14 actions and 2 workflows are/,
  ),
  "populate-at-041": populated(ADDED_ACTION + ADDED_WORKFLOWS + UP_TO_DATE),
  "populate-edited-action": populated(
    `Changed action "std.wait_ssh": definition, description\n${UP_TO_DATE}`,
  ),
  "populate-head": populated(ADDED_ACTION + ADDED_WORKFLOWS + UP_TO_DATE),
  "populate-system-action-exists": populated(
    /^Changed action "std\.wait_ssh": .*is_system.*\n(Added workflow .*\n){2}1 action and 2 workflows/,
  ),
  "populate-system-workflow-with-cron-trigger": populated(
    ADDED_ACTION + ADDED_WORKFLOWS + UP_TO_DATE,
  ),
  "populate-twice": populated(UP_TO_DATE),
  "populate_actions-head": populated(`${ADDED_ACTION}1 action is up to date\n`),
  "server-down": {
    why: CRASH,
    ...sentence("Cannot connect to .*: connection refused; .*"),
    config: "max_retries = 0",
  },
  "stamp-noarg": { ...noArgumentStamp, versionAfter: "-", schemaAfterEquals: ["empty"] },
  "stamp-noarg-at-010": { ...noArgumentStamp, versionAfter: ["010"] },
  "stamp-unknown-current": unknownRow,
  "unknown-command": ownChoices,
  "unknown-dialect": { why: CRASH, ...sentence('Cannot use .*: unknown database "nosuchdb"; .*') },
  "unknown-driver": {
    why: CRASH,
    ...sentence('Cannot use .*: unknown \\w+ driver "nosuchdriver"; .*'),
  },
  "upgrade-999": nothingMade,
  "upgrade-delta-99": nothingMade,
  "upgrade-nonexistent": nothingMade,
  "upgrade-partial-5": nothingMade,
  "upgrade-head-018-null-spec": skippedSpec,
  "upgrade-head-019-bad-json-spec": skippedSpec,
  "upgrade-head-019-jsonnull-spec": skippedSpec,
  "upgrade-head-019-null-spec": skippedSpec,
  "upgrade-head-041-metrics-exists-with-row": {
    why: "a maintenance status that is there is kept",
    exit: 0,
    stdout: "",
    stderr: wholeUpgrade,
    versionAfter: [head],
    schemaAfterEquals: [head],
  },
  "upgrade-head-lost-version-table": {
    why: CRASH,
    exit: 1,
    stdout: "",
    stderr:
      /^INFO .*\nINFO .*\nCannot upgrade: the database has tables of Mistral .*stamp 005.*\n$/,
    versionAfter: "-",
    schemaAfterEquals: ["005"],
  },
  "upgrade-head-unknown-revision": unknownRow,
  "upgrade-range-online": {
    why: "upstream's ERROR line goes to the other stream by mistake",
    stdout: "FAILED: Range revision not allowed\n",
    stderr: /^(INFO .*\n)*ERROR \[alembic\.util\.messaging\] Range revision not allowed\n$/,
  },
  version: {
    why: "there is a --version",
    exit: 0,
    stdout: /^mistral-db-manage \d.* \(revision \d+, .*\)\n$/,
    stderr: "",
  },
  "wrong-password-populate": { why: CRASH, ...sentence("Cannot connect to .*: .*password.*") },
  "wrong-password": { why: CRASH, ...sentence("Cannot connect to .*: .*password.*") },
};
