/**
 * Commands that repair. As data: what a command does is a file of its own, which nothing here loads.
 *
 * @module
 */
import { spec } from "../../cli/command.ts";
import { liveScriptOptions, lockTimeout, scriptOptions } from "../shared/common_options.ts";

/** `adopt`: finds the revision of a database that has lost it, or never had it, and makes it true. */
export const adopt = spec({
  name: "adopt",
  group: "repairs",
  summary: "Find a lost revision, and repair the schema",
  details:
    "For a database whose row in alembic_version is missing or wrong, such as one whose tables a service has made by itself. Shows the statements, unless --apply is given; keeps every row.",
  positionals: {
    revision: {
      required: false,
      values: "revision",
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
    replaceUnknown: {
      flags: ["--replace-unknown"],
      type: "flag",
      metavar: null,
      help:
        "with --apply: replace the row even if its revision is unknown; if a newer release wrote " +
        "it, that release would run its migrations again",
    },
    ...liveScriptOptions,
    lockTimeout,
  },
  examples: [
    ["adopt", "what would be repaired, and which revision written"],
    ["adopt --apply", "do that"],
    ["adopt zed", "as the revision of a release"],
    ["adopt --sql --output adopt.sql", "a script that does all of it"],
  ],
});

/** `stamp`: writes the revision into the version table, and changes nothing else. */
export const stamp = spec({
  name: "stamp",
  group: "repairs",
  summary: "Write a revision down without migrations",
  details: "Changes the row in alembic_version, and nothing else; use with care.",
  positionals: {
    revision: {
      required: true,
      values: "revision",
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
      help: "refuse if the schema does not match the revision, instead of warning",
    },
  },
  examples: [
    ["stamp head", "only the row of alembic_version"],
    ["stamp --verify head", "only if the schema matches the revision"],
  ],
});
