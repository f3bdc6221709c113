/**
 * Commands that scripts use, and those that list things. As data: what a command does is a file of its own, which nothing here loads.
 *
 * @module
 */
import { SERVER_NAMES, USUAL_SERVER } from "../../servers/names.ts";
import { alternatives } from "../../text/listed.ts";
import { spec } from "../../cli/command.ts";
import { allowNewer, dryRun, lockTimeout, verbose } from "../shared/common_options.ts";

/** `wait`: until the server, or the schema, is as a service needs it. */
export const wait = spec({
  name: "wait",
  group: "scripts",
  summary: "Wait for the server, or for the schema",
  details:
    "For a service that starts before its database is ready. The exit code is 1 after the timeout.",
  positionals: {},
  options: {
    what: {
      flags: ["--for"],
      type: "string",
      metavar: "WHAT",
      values: "revision",
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
  examples: [
    ["wait --for server --timeout 60", "until the server accepts connections"],
    ["wait --for zed --timeout 60", "until the database has the schema of a release"],
  ],
});

/** `populate_actions`: `populate` without the workflows. */
export const populateActions = spec({
  name: "populate_actions",
  group: "scripts",
  summary: "Register the standard actions alone",
  positionals: {},
  options: { dryRun, lockTimeout },
  examples: [
    ["populate_actions", "the standard actions"],
    ["populate_actions --dry-run", "what that would change"],
  ],
});

/** `schema`: the schema of any revision, without a database. */
export const schema = spec({
  name: "schema",
  group: "scripts",
  summary: "Show the schema of a revision, or what changed",
  details:
    "Needs no database. The HTML page needs no network: it has all revisions, a search, and a " +
    "slider that shows what each of them changes.",
  positionals: {
    revisions: {
      required: false,
      several: true,
      values: "revision",
      help: 'a revision or release (default: head), or "diff" and two of them',
    },
  },
  options: {
    format: {
      flags: ["--format"],
      type: "choice",
      metavar: "FORMAT",
      values: ["sql", "json", "mermaid", "svg", "html", "words"],
      help:
        "sql, json, mermaid, svg or html (default: sql); with diff words, sql, json, mermaid or " +
        "svg (default: words)",
    },
    dialect: {
      flags: ["--dialect"],
      type: "choice",
      metavar: "DIALECT",
      values: SERVER_NAMES,
      help: `for which database: ${alternatives(SERVER_NAMES)} (default: ${USUAL_SERVER})`,
    },
    output: {
      flags: ["--output"],
      type: "string",
      metavar: "FILE",
      values: "file",
      help: "the file to write, instead of standard output",
    },
  },
  examples: [
    ["schema zed", "the tables of a release, as SQL"],
    ["schema diff zed 2026.1", "what changed between two releases"],
    ["schema --format html --output mistral.html", "a page of all revisions"],
  ],
});

/** `heads`: what `upgrade head` leads to. */
export const heads = spec({
  name: "heads",
  group: "scripts",
  summary: "Show the newest revision",
  positionals: {},
  options: { verbose },
  examples: [
    ["heads", "the newest revision"],
    ["heads --verbose", "in full"],
  ],
});

/** `branches`: whether the history divides. */
export const branches = spec({
  name: "branches",
  group: "scripts",
  aliases: ["check_migration"],
  summary: "List where the history divides",
  details: "Mistral's own history is one line, for which nothing is printed.",
  positionals: {},
  options: { verbose },
  examples: [
    ["branches", "nothing, where the history is one line"],
    ["check_migration", "the same, by its older name"],
  ],
});

/** `show`: one revision in full. */
export const show = spec({
  name: "show",
  group: "scripts",
  summary: "Show a revision, and the releases that use it",
  positionals: {
    revision: {
      required: true,
      values: "revision",
      help: 'a revision, "head", or the name of a release, such as zed or 2023.1',
    },
  },
  options: {},
  examples: [
    ["show head", "the newest revision"],
    ["show zed", "that of a release"],
  ],
});

/** `seeds`: what `populate` registers. */
export const seeds = spec({
  name: "seeds",
  group: "scripts",
  summary: "List what populate registers, by release",
  positionals: {},
  options: {},
  examples: [
    ["seeds", "what populate registers"],
    ["seeds --json", "for programs"],
  ],
});
