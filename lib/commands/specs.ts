/**
 * The commands, their arguments and the texts of the help, as data. What a command
 * does is a file of its own, which nothing here loads.
 *
 * @module
 */
import { spec } from "../cli/command.ts";
import {
  dryRun,
  lockTimeout,
  revisionOptions,
  runOptions,
  scriptOptions,
  singleTransaction,
  verbose,
} from "../cli/common_options.ts";
import { creationOptions } from "../cli/creation.ts";
import { allowNewer } from "../cli/newer.ts";

/** `current`: the revision of the database. */
export const current = spec({
  name: "current",
  summary: "Show the revision that the database is at",
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
});

/** `verify`: whether the schema is the one that the database's revision makes. */
export const verify = spec({
  name: "verify",
  summary: "Compare the schema with the one that the database's revision makes",
  positionals: {},
  options: {
    fixSql: {
      flags: ["--fix-sql"],
      type: "flag",
      metavar: null,
      help: "print the statements that repair it, instead of the differences",
    },
  },
});

/** `adopt`: finds the revision of a database that has lost it, or never had it, and makes it true. */
export const adopt = spec({
  name: "adopt",
  summary: "Find the revision of a database whose version row is missing or wrong, and repair both",
  positionals: {
    revision: {
      required: false,
      help: "the revision or release to make it (default: the nearest one)",
    },
  },
  options: {
    apply: {
      flags: ["--apply"],
      type: "flag",
      metavar: null,
      help: "repair the schema and write the revision down, instead of printing the statements",
    },
    lockTimeout,
  },
});

/** `doctor`: what is wrong with the database, or would go wrong with its upgrade. */
export const doctor = spec({
  name: "doctor",
  summary: "Check the database, its server and what an upgrade needs; changes nothing",
  positionals: {},
  options: {},
  faultCode: 255,
});

/** `wait`: until the server, or the schema, is as a service needs it. */
export const wait = spec({
  name: "wait",
  summary: "Wait until the server accepts connections, or until the schema is there",
  positionals: {},
  options: {
    what: {
      flags: ["--for"],
      type: "string",
      metavar: "WHAT",
      help:
        '"server", or the revision or release that the database must have reached (default: head)',
    },
    timeout: {
      flags: ["--timeout"],
      type: "seconds",
      metavar: "SECONDS",
      help: "how long to wait; 0 asks once (default: 300)",
    },
    allowNewer,
  },
});

/** `history`: the list of revisions. */
export const history = spec({
  name: "history",
  summary: "List the revisions, newest first",
  positionals: {},
  options: {
    range: {
      flags: ["-r", "--rev-range"],
      type: "string",
      metavar: "REV_RANGE",
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
});

/** `branches`: whether the history divides. */
export const branches = spec({
  name: "branches",
  aliases: ["check_migration"],
  summary: "List the revisions that several others come after",
  positionals: {},
  options: { verbose },
});

/** `upgrade`: brings the database to a newer revision. */
export const upgrade = spec({
  name: "upgrade",
  summary: "Bring the database to a newer revision",
  positionals: {
    revision: {
      required: false,
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
      help: "write a JSON report of what was done, also when the upgrade fails",
    },
  },
});

/** `plan`: shows what an upgrade would do. */
export const plan = spec({
  name: "plan",
  summary: "Show what an upgrade would do: its statements, locks and duration",
  positionals: {
    revision: {
      required: false,
      help: "the target, as for upgrade (default: head); START:END plans without a database",
    },
  },
  options: {
    dialect: {
      flags: ["--dialect"],
      type: "string",
      metavar: "DIALECT",
      help: "plan without a database, for postgresql, mysql or sqlite",
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
});

/** `populate`: registers the standard actions and workflows, or a site's own. */
export const populate = spec({
  name: "populate",
  summary: "Register the standard actions and workflows, as the release of the database's " +
    "revision has them; OpenStack's own actions (nova.* and so on) are created by the engine",
  positionals: {},
  options: {
    from: {
      flags: ["--from"],
      type: "string",
      metavar: "DIR",
      help: "register the actions and workflows of the YAML files in this directory instead",
    },
    dryRun,
    lockTimeout,
  },
});

/** `populate_actions`: `populate` without the workflows. */
export const populateActions = spec({
  name: "populate_actions",
  summary: "Register the standard actions alone, as the release of the database's revision has " +
    "them; OpenStack's own actions (nova.* and so on) are created by the engine",
  positionals: {},
  options: { dryRun, lockTimeout },
});

/** `stamp`: writes the revision into the version table, and changes nothing else. */
export const stamp = spec({
  name: "stamp",
  summary: "Write a revision into the version table without running migrations; use with care",
  positionals: {
    revision: {
      required: true,
      help:
        'a revision, "head", "base" for none, or the name of a release, such as zed or 2023.1; ' +
        "with --sql also START:REVISION",
    },
  },
  options: {
    ...scriptOptions,
    lockTimeout,
    verify: {
      flags: ["--verify"],
      type: "flag",
      metavar: null,
      help: "refuse where the schema is not that of the revision, instead of only saying so",
    },
  },
});

/** `revision`: writes the file of a new migration. */
export const revision = spec({
  name: "revision",
  summary: "Write the file of a new revision",
  positionals: {},
  options: {
    ...revisionOptions,
    autogenerate: {
      flags: ["--autogenerate"],
      type: "flag",
      metavar: null,
      help:
        "generate the operations that make the database match the models; the database must be at head",
    },
    sql: {
      flags: ["--sql"],
      type: "flag",
      metavar: null,
      help: "accepted and refused, as upstream does",
    },
    head: {
      flags: ["--head"],
      type: "string",
      metavar: "HEAD",
      help: "its parent revision (default: head)",
    },
    splice: {
      flags: ["--splice"],
      type: "flag",
      metavar: null,
      help: "allow a parent that is not a head; this starts a new branch",
    },
    dependsOn: {
      flags: ["--depends-on"],
      type: "strings",
      metavar: "REVISION",
      help: "a revision on another branch that must be applied before; may be given several times",
    },
  },
});

/** `downgrade`: takes the database back to an older revision. */
export const downgrade = spec({
  name: "downgrade",
  summary: "Take the database back to an older revision, if its migrations can be reverted",
  positionals: {
    revision: {
      required: true,
      help: 'where to: a revision, -N for N revisions back, or "base"',
    },
  },
  options: { lockTimeout },
});

/** `merge`: joins branches. */
export const merge = spec({
  name: "merge",
  summary: "Write the file of a revision that comes after several others",
  positionals: {
    revisions: {
      required: true,
      several: true,
      help: 'the revisions to merge, or "heads" for all heads',
    },
  },
  options: revisionOptions,
});

/** `check`: whether the database matches the models. */
export const check = spec({
  name: "check",
  summary: "Compare the database with the models; exit code 1 if they differ",
  positionals: {},
  options: {},
});

/** `heads`: what `upgrade head` leads to. */
export const heads = spec({
  name: "heads",
  summary: "Show the newest revision",
  positionals: {},
  options: { verbose },
});

/** `show`: one revision in full. */
export const show = spec({
  name: "show",
  summary: "Show a revision in full, with the releases that use it",
  positionals: {
    revision: {
      required: true,
      help: 'a revision, "head", or the name of a release, such as zed or 2023.1',
    },
  },
  options: {},
});

/** `seeds`: what `populate` registers. */
export const seeds = spec({
  name: "seeds",
  summary: "List the actions and workflows that populate registers, and for which releases",
  positionals: {},
  options: {},
});

/** `self-test`: whether this copy of the program is complete and works here. */
export const selfTest = spec({
  name: "self-test",
  summary:
    "Test this copy of the program with a database in memory; needs no server and no configuration",
  positionals: {},
  options: {},
});
