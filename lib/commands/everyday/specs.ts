/**
 * The commands of every day. As data: what a command does is a file of its own, which nothing here loads.
 *
 * @module
 */
import { SERVER_NAMES } from "../../servers/names.ts";
import { alternatives } from "../../text/listed.ts";
import { spec } from "../../cli/command.ts";
import {
  allowNewer,
  dryRun,
  liveScriptOptions,
  lockTimeout,
  runOptions,
  scriptOptions,
  singleTransaction,
  verbose,
} from "../shared/common_options.ts";
import { creationOptions } from "../shared/creation.ts";

/** `upgrade`: brings the database to a newer revision. */
export const upgrade = spec({
  name: "upgrade",
  group: "everyday",
  summary: "Bring the database to a newer revision",
  positionals: {
    revision: {
      required: false,
      values: "revision",
      help:
        'where to: a revision, "head", +N for N revisions further, REVISION+N, or the name of a ' +
        "release, such as zed or 2023.1; with --sql also START:END",
    },
  },
  options: {
    delta: {
      flags: ["--delta"],
      type: "integer",
      metavar: "DELTA",
      help: "the number of revisions to apply, in place of a revision",
    },
    ...scriptOptions,
    progress: {
      flags: ["--progress"],
      type: "flag",
      metavar: null,
      requires: "sql",
      help: "with --sql: make the client say which migration it begins",
    },
    lockTimeout,
    singleTransaction,
    allowNewer,
    ...creationOptions,
    ...runOptions,
    dryRun: {
      flags: ["--dry-run"],
      type: "flag",
      metavar: null,
      help: "change nothing; show what would be done, as plan does",
    },
    report: {
      flags: ["--report"],
      type: "string",
      metavar: "FILE",
      values: "file",
      help: "write a JSON report of what was done, also when the upgrade fails",
    },
  },
  examples: [
    ["upgrade head", "to the newest revision"],
    ["upgrade 2025.1", "to the revision of a release"],
    ["upgrade zed:2025.1 --sql --output upgrade.sql", "a script to review, without a server"],
  ],
});

/** `current`: the revision of the database. */
export const current = spec({
  name: "current",
  group: "everyday",
  summary: "Show the revision of the database",
  positionals: {},
  options: {
    verbose,
    release: {
      flags: ["--release"],
      type: "flag",
      metavar: null,
      help: "show the releases of Mistral that use the revision, instead of the revision",
    },
  },
  examples: [
    ["current", "the revision, as 041"],
    ["current --release", "the releases that use it"],
    ["current --json", "for programs"],
  ],
});

/** `plan`: shows what an upgrade would do. */
export const plan = spec({
  name: "plan",
  group: "everyday",
  summary: "Show what an upgrade would do, lock and block",
  details:
    "Changes nothing. The exit code is 0 where there is nothing to do, 2 where there is, and 1 where the upgrade itself would be refused, or the command line is wrong.",
  positionals: {
    revision: {
      required: false,
      values: "revision",
      help: "the target, as for upgrade (default: head); START:END plans without a database",
    },
  },
  options: {
    dialect: {
      flags: ["--dialect"],
      type: "choice",
      metavar: "DIALECT",
      values: SERVER_NAMES,
      help: `plan without a database, for ${alternatives(SERVER_NAMES)}`,
    },
    sql: {
      flags: ["--sql"],
      type: "flag",
      metavar: null,
      help: "show the statements instead, as a script",
    },
    singleTransaction,
    ...creationOptions,
  },
  faultCode: 1,
  examples: [
    ["plan", "what an upgrade to head would do to this database"],
    ["plan zed:2025.1 --dialect mysql", "between two releases, without a database"],
    ["plan --sql", "its statements"],
  ],
});

/** `populate`: registers the standard actions and workflows, or a site's own. */
export const populate = spec({
  name: "populate",
  group: "everyday",
  summary: "Register the standard actions and workflows",
  details:
    "Registers what the release of the database's revision has. OpenStack's own actions (nova.* and so on) are created by the engine.",
  positionals: {},
  options: {
    from: {
      flags: ["--from"],
      type: "string",
      metavar: "DIR",
      values: "directory",
      help: "register the actions and workflows of the YAML files in this directory instead",
    },
    dryRun,
    ...liveScriptOptions,
    lockTimeout,
  },
  examples: [
    ["populate", "the standard actions and workflows"],
    ["populate --dry-run", "what that would change"],
    ["populate --sql", "the same as a script"],
  ],
});

/** `history`: the list of revisions. */
export const history = spec({
  name: "history",
  group: "everyday",
  summary: "List the revisions, newest first",
  positionals: {},
  options: {
    range: {
      flags: ["-r", "--rev-range"],
      type: "string",
      metavar: "REV_RANGE",
      values: "revision",
      help: 'the revisions to list: [START]:[END], where "current" is that of the database',
    },
    verbose,
    indicateCurrent: {
      flags: ["-i", "--indicate-current"],
      type: "flag",
      metavar: null,
      help: "mark the revision that the database is at",
    },
    applied: {
      flags: ["--applied"],
      type: "flag",
      metavar: null,
      help: "list what was applied to the database, by whom and when, oldest first; written down " +
        "where [mistral_db_manage] record is true",
    },
  },
  examples: [
    ["history", "all revisions"],
    ["history -r zed:head", "those after a release"],
    ["history --applied", "who applied what to this database"],
  ],
});
